/** The area of contents that belongs to these files. */
export const AREA = 'storage-files'

/** Under which key the contents of a file lie: under its id, whatever its name. */
export const keyOf = (id: string): string => `${AREA}/${id}`

/** The id of the file whose contents lie under a key. */
export const idOf = (key: string): string => key.slice(AREA.length + 1)
