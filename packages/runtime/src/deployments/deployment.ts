/** Code that was deployed: of a bot, or of a version of an integration. */
export type Deployment = {
  kind: 'bot' | 'integration'
  /** of the bot, or of the version */
  id: string
  /** another one whenever the code or what it is given changes, and never the same again */
  version: string
}

/** What a process is given when it starts. */
export type Program = {
  /** CommonJS whose export `handler`, or that of its default export, is called */
  code: Uint8Array
  /** The whole environment it sees. */
  environment: Readonly<Record<string, string>>
}

/** As a sentence names it. */
export const whoIs = ({ kind }: Deployment): string => (kind === 'bot' ? 'The bot' : 'The integration')

/** The same for every version: what is replaced when the version is another. */
export const placeOf = ({ kind, id }: Deployment): string => `${kind}/${id}`
