import { newTrace, type Trace, traceHeaders } from './trace.ts'

type Configuration = Readonly<Record<string, unknown>>

export type BotOperation = 'event_received' | 'register' | 'unregister' | 'ping' | 'action_triggered'

export type BotCall = {
  botId: string
  operation: BotOperation
  /** Type of the event; other operations have none. */
  type?: string | undefined
  configuration: Configuration
}

/** All headers of a call to a bot, none of them empty: an empty one makes old bots throw. */
export const botHeaders = (call: BotCall, trace: Trace = newTrace()): Record<string, string> => ({
  ...traceHeaders(trace),
  'content-type': 'application/json',
  'x-bot-id': call.botId,
  'x-bp-operation': call.operation,
  'x-bp-type': headerText(call.type ?? '') || call.operation,
  'x-bp-configuration': encoded(call.configuration),
})

export type IntegrationOperation =
  | 'webhook_received'
  | 'register'
  | 'unregister'
  | 'message_created'
  | 'message_updated'
  | 'conversation_updated'
  | 'action_triggered'
  | 'create_user'
  | 'create_conversation'
  | 'ping'

export type IntegrationCall = {
  botId: string
  /** The bot as a user: its own id. */
  botUserId: string
  /** The version that is installed. */
  integrationId: string
  integrationAlias: string
  webhookId: string
  operation: IntegrationOperation
  configuration: Configuration
  /** Name of the configuration in the integration's definition; undefined: the default one. */
  configurationType?: string | undefined
}

/** All headers of a call to an integration. */
export const integrationHeaders = (call: IntegrationCall, trace: Trace = newTrace()): Record<string, string> => ({
  ...traceHeaders(trace),
  'content-type': 'application/json',
  'x-bot-id': call.botId,
  'x-bot-user-id': call.botUserId,
  'x-integration-id': call.integrationId,
  'x-integration-alias': headerText(call.integrationAlias),
  'x-webhook-id': call.webhookId,
  'x-bp-operation': call.operation,
  'x-bp-configuration': encoded(call.configuration),
  // Its absence is what says "the default one".
  ...(call.configurationType === undefined ? {} : { 'x-bp-configuration-type': headerText(call.configurationType) }),
})

/** base64 of UTF-8 of JSON */
const encoded = (configuration: Configuration) => Buffer.from(JSON.stringify(configuration)).toString('base64')

/** Text as a header can carry it: what is not printable ASCII is percent-encoded, byte by byte of UTF-8. */
const headerText = (text: string) => {
  const trimmed = text.trim()
  return PRINTABLE.test(trimmed)
    ? trimmed
    : Buffer.from(trimmed)
        .toString('latin1')
        .replace(/[^\x20-\x7e]/g, (byte) => `%${byte.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`)
}

const PRINTABLE = /^[\x20-\x7e]*$/
