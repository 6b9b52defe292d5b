/** The area of contents that is the code of bots and integrations. */
export const AREA = 'code'

/** Under which key code lies: under its digest, whoever deployed it. */
export const keyOf = (sha256: string): string => `${AREA}/${sha256}`

/** The digest of the code that lies under a key. */
export const digestOf = (key: string): string => key.slice(AREA.length + 1)
