import { type Addressed, type Callees, toTheBot, toTheIntegration } from '../callees/index.ts'
import type { BotContext, PlatformContext } from '../context.ts'
import { toConversation } from '../conversations/index.ts'
import { toEvent } from '../events/index.ts'
import { withIsoTimes } from '../json-row.ts'
import { toMessage } from '../messages/index.ts'
import { toUser } from '../users/index.ts'
import type { BegunRow } from './delivery.repository.ts'

/** The call a delivery comes to. */
export type DeliveryRequest = Addressed & { body: string }

/** Nobody is called, for a reason that the owner of the bot may read. */
export type Ignored = { ignored: string; runsNowhere?: true }

/** Which attempt it is: the receiver can tell a repetition, whose ids are those of the first. */
const ATTEMPT_HEADER = 'x-understudy-attempt'

/** Nobody is called: the integration is one of the server's own, and finds the message where it is. */
export type AtHome = { atHome: true }

/** What is to be sent, and to whom; or why nothing is. */
export const deliveryRequest = (
  platform: PlatformContext,
  callees: Callees,
  row: BegunRow,
): DeliveryRequest | Ignored | AtHome => {
  if (callees.profile.blocked) return { ignored: 'The bot, or its workspace, is blocked.' }
  const request = row.target === 'bot' ? botRequest(platform, callees, row) : integrationRequest(platform, callees, row)
  if (!('url' in request)) return request
  return { ...request, headers: { ...request.headers, [ATTEMPT_HEADER]: String(row.attempts) } }
}

const botRequest = (platform: PlatformContext, callees: Callees, row: BegunRow): DeliveryRequest | Ignored => {
  const { profile, bot } = callees
  if (!row.event) return { ignored: 'The event was deleted.' }
  const { message, conversation, author } = row
  if (!row.event.payload && !message) return { ignored: 'The message was deleted.' }
  const ctx = contextOf(platform, profile)
  const event = toEvent(ctx, { ...withIsoTimes(row.event), message, conversation, author })
  if (bot.subscriptions && !Object.hasOwn(bot.subscriptions, event.type))
    return { ignored: `The bot does not subscribe to "${event.type}".` }
  const addressed = toTheBot(callees, 'event_received', event.type)
  if (!addressed) return { ignored: 'The bot runs nowhere: it has neither code nor a URL.', runsNowhere: true }
  return {
    ...addressed,
    body: JSON.stringify({ event: { ...event, status: 'pending' } }),
  }
}

const integrationRequest = (
  platform: PlatformContext,
  callees: Callees,
  { installation_id: id, message, conversation, author }: BegunRow,
): DeliveryRequest | Ignored | AtHome => {
  const { profile } = callees
  const installation = profile.installations.find((one) => one.id === id)
  const callee = callees.installations.get(id ?? '')
  if (!message || !conversation) return { ignored: 'The message was deleted.' }
  if (!installation?.enabled || installation.removed || !callee?.integrationId)
    return { ignored: 'The integration is not enabled in this bot.' }
  if (callee.disabledChannels.includes(conversation.channel))
    return { ignored: `The channel "${conversation.channel}" is disabled in this bot.` }
  if (installation.native) return { atHome: true }
  const addressed = toTheIntegration(callees, installation, 'message_created')
  if (!addressed) return { ignored: 'The integration runs nowhere: it has neither code nor a URL.', runsNowhere: true }
  const ctx = contextOf(platform, profile, installation)
  const said = toMessage(ctx, withIsoTimes(message))
  return {
    ...addressed,
    body: JSON.stringify({
      type: said.type,
      payload: said.payload,
      conversation: toConversation(ctx, withIsoTimes(conversation)),
      ...(author ? { user: toUser(ctx, withIsoTimes(author)) } : {}),
      message: said,
    }),
  }
}

/** As whom the receiver sees things: names of tags and events depend on it. */
const contextOf = (
  platform: PlatformContext,
  bot: Callees['profile'],
  installation?: BotContext['installation'],
): BotContext => ({
  bot,
  installation,
  caller: { kind: 'bot', botId: bot.id, workspaceId: bot.workspaceId },
  // Last: what follows a spread is slow to make and to read.
  ...platform,
})
