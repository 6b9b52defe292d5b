import type { Readable } from 'node:stream'
import type { z } from 'zod'

/** Roles of a workspace member, least first. `billing` sees money only, so it ranks below everything else. */
export const ROLES = ['billing', 'viewer', 'developer', 'manager', 'administrator', 'owner'] as const
export type Role = (typeof ROLES)[number]

/**
 * A kind of caller; an account names the least role it needs, or `account` where no workspace is involved. `emulator` is
 * whoever shows the key of a bot's emulator.
 */
export type Caller = 'bot' | 'integration' | 'emulator' | 'account' | `account:${Role}`

/** Who may call an operation. There is no default: every operation states it. */
export type Access = { public: true } | { callers: readonly [Caller, ...Caller[]] }

/**
 * Whose data an operation works on: it decides which context its handler receives. The bot is the one the path names as
 * `:botId`, where it does, else that of the header `x-bot-id`.
 */
export type Tenant = 'nobody' | 'account' | 'workspace' | 'bot'

export type Operation = {
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  /** Fastify's form: `/v1/chat/users/:id`. */
  path: `/${string}`
  summary: string
  tenant: Tenant
  access: Access
  params?: z.ZodType
  /** Headers the operation itself reads, lower case; those that name caller and tenant belong to every operation. */
  headers?: z.ZodType
  query?: z.ZodType
  body?: z.ZodType
  /** How the body is written: JSON unless told. */
  bodyType?: 'application/x-www-form-urlencoded'
  /** Largest accepted body in bytes; 1 MB unless told. */
  bodyLimitBytes?: number
  /** The member of the body that may be very long (`BulkText`), and what its string is written in. */
  bulk?: { member: string; encoding: 'utf8' | 'base64' }
  /**
   * Calls a bot or an integration while it runs, always or where its body has this member: whoever is called has to see what
   * was written before, and nothing may be held meanwhile, so that under an `Idempotency-Key` it is no transaction (ADR 22).
   */
  callsOut?: true | string
  status: 200 | 201
  /** What is answered; of a stream, each of its events. */
  response: z.ZodType
  /** Answered as server-sent events that go on until the client hangs up. */
  stream?: true
  /** Answered as bytes, whole or in part as the client asks: `application/octet-stream`, or what they are known to be. */
  contents?: true
  /** What a refusal looks like: the one error body (ADR 16) unless a standard prescribes another. */
  refusal?: z.ZodType
}

/**
 * Whether a request may carry an `Idempotency-Key`: every POST of the published API. Keys are a caller's own, so where
 * nobody says who they are there are none.
 */
export const takesIdempotencyKey = ({ method, path, access }: Operation): boolean =>
  method === 'POST' && path.startsWith('/v1/') && 'callers' in access

export type Operations = Record<string, Operation>

type Parsed<O, K extends 'params' | 'headers' | 'query' | 'body'> =
  O extends Record<K, infer S extends z.ZodType> ? z.output<S> : undefined

/** What a handler receives: parsed, defaults applied. */
export type InputOf<O extends Operation> = {
  params: Parsed<O, 'params'>
  headers: Parsed<O, 'headers'>
  query: Parsed<O, 'query'>
  body: Parsed<O, 'body'>
}

/** What goes out as one server-sent event; a client that comes back shows the last `id` it saw as `Last-Event-ID`. */
export type StreamEvent<T> = { id?: string; data: T }

/** The events of a stream, until the signal ends it. */
export type EventSource<T> = (signal: AbortSignal) => AsyncIterable<StreamEvent<T>>

/** Bytes that never change, and what a client has to know of them. */
export type Contents = {
  /** of these bytes and no others, without quotes */
  tag: string
  name: string
  contentType: string
  sizeBytes: number
  /** whether whoever stands between may keep a copy for others */
  isPublic: boolean
  /** whether its address will never lead to other bytes: whoever has a copy need not ask again */
  isLasting?: boolean
  /** Opens them, or the part from the byte `start` to the byte `end`; what is not read to its end has to be destroyed. */
  open: (range?: { start: number; end: number }) => Promise<Readable>
}

/**
 * What a handler answers. All but bytes is parsed once more on the way out, so that what the contract does not name never
 * leaves.
 */
export type ResultOf<O extends Operation> = O extends { stream: true }
  ? EventSource<z.input<O['response']>>
  : O extends { contents: true }
    ? Contents
    : z.input<O['response']>

/** Keeps the literal types of a page of operations, so that handlers can be held against it one by one. */
export const defineOperations = <const G extends Operations>(group: G): G => group
