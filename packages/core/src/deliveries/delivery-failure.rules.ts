import type { IssueCategory } from '@understudy/contract'
import type { CallFailureReason } from '@understudy/runtime'
import type { Failure } from '../bot-issues/index.ts'
import type { Callees } from '../callees/index.ts'
import type { BegunRow } from './delivery.repository.ts'

/** Why nothing was delivered: an answer that was no success, no answer, no address, or we ourselves. */
export type Fault =
  | { kind: 'answer'; status: number }
  | { kind: Exclude<CallFailureReason, 'aborted'> | 'no-url' | 'internal' }

const HEADERS_TOO_LARGE = 431

type Meaning = { code: string; category: IssueCategory; title: (who: string) => string; description: string }

const unreachable: Meaning = {
  code: 'delivery_unreachable',
  category: 'other',
  title: (who) => `${who} cannot be reached`,
  description:
    'No call came through, or the connection broke before the answer was complete. Is it running, and does its URL lead there from this server?',
}

const MEANINGS: Record<Fault['kind'] | 'headers', Meaning> = {
  refused: unreachable,
  unreachable,
  cut: unreachable,
  answer: {
    code: 'delivery_answered_error',
    category: 'user_code',
    title: (who) => `${who} answered with an error`,
    description: 'Only a status of 2xx says that a call was dealt with. The events show what was answered.',
  },
  headers: {
    code: 'delivery_headers_too_large',
    category: 'configuration',
    title: (who) => `${who} refuses the size of the headers`,
    description:
      'The configuration travels in a header. Make it smaller, or let the receiver accept more (Node.js: --max-http-header-size).',
  },
  timeout: {
    code: 'delivery_timed_out',
    category: 'limits',
    title: (who) => `${who} takes too long`,
    description: 'There was no complete answer in time. Answer earlier, or raise maxExecutionTime.',
  },
  'too-large': {
    code: 'delivery_answer_too_large',
    category: 'limits',
    title: (who) => `${who} answers too much`,
    description: 'An answer has a largest size, and so have its headers.',
  },
  'forbidden-address': {
    code: 'delivery_address_forbidden',
    category: 'configuration',
    title: (who) => `${who} lives at an address that is not called`,
    description:
      'This server calls addresses on private networks, and on its own machine, only where UNDERSTUDY_ALLOW_PRIVATE_HOSTS says so.',
  },
  'bad-url': {
    code: 'delivery_url_invalid',
    category: 'configuration',
    title: (who) => `The URL of ${lowered(who)} cannot be called`,
    description: 'It must start with http:// or https:// and carry neither user name nor password.',
  },
  'no-url': {
    code: 'delivery_url_missing',
    category: 'configuration',
    title: (who) => `${who} runs nowhere`,
    description: 'It has neither code nor a URL, so that nobody is called. This is said at most once a minute.',
  },
  'not-started': {
    code: 'delivery_code_not_started',
    category: 'user_code',
    title: (who) => `The code of ${lowered(who)} cannot be started`,
    description:
      'It has to be CommonJS that exports a function named "handler". The log tells what it says when it is loaded.',
  },
  crashed: {
    code: 'delivery_code_crashed',
    category: 'user_code',
    title: (who) => `The code of ${lowered(who)} ended during a call`,
    description:
      'Its process exited, was stuck, or took more memory or output than it may. The log tells what it said last.',
  },
  internal: {
    code: 'delivery_internal_error',
    category: 'other',
    title: (who) => `${who} was not called`,
    description: 'Something went wrong on the side of this server; its own log tells more.',
  },
}

const lowered = (who: string): string => who.charAt(0).toLowerCase() + who.slice(1)

const meaningOf = (fault: Fault): Meaning =>
  MEANINGS[fault.kind === 'answer' && fault.status === HEADERS_TOO_LARGE ? 'headers' : fault.kind]

/** How long one that runs nowhere is not mentioned again. */
const SILENCE_MS = 60_000

/**
 * What the owner of the bot has to know of a delivery that failed for good.
 * @param callees undefined where they could not be read
 * @param reason the sentence that stands in the record of the delivery
 */
export const failureOf = (
  row: BegunRow,
  callees: Callees | undefined,
  fault: Fault,
  reason: string,
  now: Date,
): Failure => {
  const { code, category, title, description } = meaningOf(fault)
  const installation = callees?.profile.installations.find(({ id }) => id === row.installation_id)
  const isBot = row.target === 'bot'
  const alias = installation?.alias ?? ''
  const who = isBot ? 'The bot' : `The integration "${alias}"`
  const type = (isBot ? row.event?.type : row.message?.type) ?? ''
  const minute = Math.floor(now.getTime() / SILENCE_MS)
  const source =
    fault.kind === 'no-url'
      ? `delivery/${row.target}/${row.installation_id}/no-url/${minute}`
      : `delivery/${row.id}/${row.attempts}`
  return {
    botId: row.bot_id,
    source,
    code,
    category,
    title: title(who),
    description,
    data: {
      receiver: { raw: isBot ? 'bot' : alias, pretty: lowered(who) },
      type: { raw: type },
      ...(fault.kind === 'answer' ? { status: { raw: String(fault.status) } } : {}),
      reason: { raw: reason },
      delivery: { raw: row.id },
      attempts: { raw: String(row.attempts) },
    },
    groupBy: ['receiver', 'status'],
    message: isBot ? `The event "${type}" failed: ${reason}` : `The message for ${lowered(who)} failed: ${reason}`,
    level: fault.kind === 'no-url' ? 'warn' : 'error',
    conversationId: row.message?.conversation_id ?? row.event?.conversation_id ?? undefined,
    userId: row.message?.user_id ?? row.event?.user_id ?? undefined,
    integrationId: isBot
      ? undefined
      : (callees?.installations.get(row.installation_id ?? '')?.integrationId ?? undefined),
  }
}
