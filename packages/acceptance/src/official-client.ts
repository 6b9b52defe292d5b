import { createRequire } from 'node:module'
import type { contract } from '@understudy/contract'
import type { z } from 'zod'
import { env } from './env.ts'

/** The published clients the journeys run with, oldest first; installed by `clients/package.json`. */
export const CLIENT_VERSIONS = [
  '0.0.6',
  '0.0.11',
  '0.1.3',
  '0.3.8',
  '0.7.0',
  '0.11.5',
  '0.16.0',
  '0.20.0',
  '0.29.4',
  '0.36.2',
  '0.47.0',
  '1.16.1',
  '1.45.0',
] as const
export type ClientVersion = (typeof CLIENT_VERSIONS)[number]

type Contract = typeof contract
type Ids = { [G in keyof Contract]: keyof Contract[G] }[keyof Contract]
type OperationOf<Id> = {
  [G in keyof Contract]: Id extends keyof Contract[G] ? Contract[G][Id] : never
}[keyof Contract]
type AnswerOf<Id> = OperationOf<Id> extends { response: infer R extends z.ZodType } ? z.output<R> : never

/** A published client: the operations of our contract, of which an old one knows only some. */
export type OfficialClient = { [Id in Ids]: (input?: object) => Promise<AnswerOf<Id>> }

/** The operations on files of the beta, under the ids they had: later clients know other ones by some of these names. */
export type BetaFiles = {
  [Id in 'create' | 'get' | 'download' | 'delete' as `${Id}File`]: (
    input: object,
  ) => Promise<AnswerOf<`${Id}StorageFile`>>
} & { listFiles: (input: object) => Promise<AnswerOf<'listStorageFiles'>> }

/** A client as one of the beta, if it knows how to store files as that did. */
export const betaFiles = (client: OfficialClient): BetaFiles | undefined =>
  'downloadFile' in client ? (client as unknown as BetaFiles) : undefined

/** How a client gets in: with a token, or, the oldest alone, with an API client's key and secret that it trades itself. */
export type Admission = { token: string } | { clientKey: string; clientSecret: string; oauthUrl: string }

/** Whom a client acts for. */
export type ClientOptions = Admission & {
  url: string
  workspaceId?: string
  botId?: string
  integrationId?: string
  integrationAlias?: string
  /** sent along by the oldest as `x-bp-env` */
  dev?: boolean
  /** sent with every request */
  headers?: Record<string, string>
  /** how to try again, in the words of axios-retry */
  retry?: object
}

type ClientModule = {
  Client: new (options: object) => OfficialClient
  isApiError?: (thrown: unknown) => boolean
  [error: string]: unknown
}

const require = createRequire(new URL('../clients/package.json', import.meta.url))

/** The module of a published client, as its users import it. */
export const clientModule = (version: ClientVersion): ClientModule => require(`client-${version}`) as ClientModule

/** A published client that talks to a server of ours. The oldest call the base URL `host`. */
export const officialClient = (version: ClientVersion, { url, ...options }: ClientOptions): OfficialClient =>
  new (clientModule(version).Client)({ ...options, host: url, apiUrl: url })

/** Whether an operation is there to be called: old clients know fewer, and so do old APIs. */
export const knows = (client: OfficialClient, operation: keyof OfficialClient): boolean =>
  typeof client[operation] === 'function' && !env.without.has(operation)
