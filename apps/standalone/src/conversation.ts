import { createInterface } from 'node:readline'
import { Readable } from 'node:stream'
import { setTimeout as pause } from 'node:timers/promises'
import { serverAt } from '@understudy/api-clients'
import { deliveriesOperations, emulatorOperations, type Message } from '@understudy/contract'
import { OperatorError } from '@understudy/core'

const { createEmulatorMessage, listEmulatorMessages, streamEmulatorMessages } = emulatorOperations
const { listDeliveries } = deliveriesOperations
const LOOK_EVERY_MS = 50

/** Talking to a bot as somebody. */
export type Conversation = {
  /** @throws OperatorError with what the server says */
  say: (text: string) => Promise<void>
  /** When the bot has taken everything and what it answered to it was heard. @throws OperatorError when it cannot be reached */
  settled: () => Promise<void>
  /** Rejects with OperatorError when nothing can be heard any more. */
  broken: Promise<never>
}

export type ConversationOptions = {
  url: string
  token: string
  botId: string
  userId: string
  name: string
  /** what the bot says */
  hear: (text: string) => void
}

/** A conversation through the emulator; it begins with the first thing that is said. */
export const conversationWith = ({ url, token, botId, userId, name, hear }: ConversationOptions): Conversation => {
  const server = serverAt({ url, token, headers: { 'x-bot-id': botId } })
  const pathOf = ({ path }: { path: string }): string =>
    path.replace(':botId', encodeURIComponent(botId)).replace(':id', encodeURIComponent(name))
  const heard = new Set<string>()
  let conversationId: string | undefined
  let breaks: (error: Error) => void = () => {}
  const broken = new Promise<never>((_, reject) => (breaks = reject))
  broken.catch(() => {})

  const listen = async (after: string): Promise<void> => {
    const answer = await fetch(`${url}${pathOf(streamEmulatorMessages)}?after=${after}`, {
      headers: { authorization: `Bearer ${token}`, accept: 'text/event-stream' },
    })
    if (!answer.ok || !answer.body) throw new Error(`it answered ${answer.status}`)
    const lines = createInterface({ input: Readable.fromWeb(answer.body) })
    for await (const line of lines) {
      if (!line.startsWith('data:')) continue
      const { message } = JSON.parse(line.slice('data:'.length)) as { message: Message }
      if (message.direction === 'outgoing') hear(inWords(message))
      heard.add(message.id)
    }
    throw new Error('it hung up')
  }

  return {
    broken,
    say: async (text) => {
      const body = { userId, conversationId: name, text }
      const said = createEmulatorMessage.response.parse(await server('POST', pathOf(createEmulatorMessage), body))
      heard.add(said.message.id)
      if (conversationId !== undefined) return
      conversationId = said.conversation.id
      listen(said.message.id).catch(({ message }: Error) =>
        breaks(new OperatorError(`What the bot says cannot be heard any more: ${message}.`)),
      )
    },
    settled: async () => {
      const query = new URLSearchParams({ conversationId: conversationId ?? '' }).toString()
      for (; ; await pause(LOOK_EVERY_MS)) {
        const page = await server('GET', `${listDeliveries.path}?${query}`)
        const { deliveries } = listDeliveries.response.parse(page)
        const stuck = deliveries.find(({ status }) => status === 'failed' || status === 'retrying')
        if (stuck) throw new OperatorError(`The bot did not take it: ${stuck.failureReason ?? 'it failed'}.`)
        if (deliveries.some(({ status }) => status === 'queued' || status === 'running')) continue
        const said = listEmulatorMessages.response.parse(await server('GET', pathOf(listEmulatorMessages)))
        const newest = said.messages[0]
        if (newest === undefined || heard.has(newest.id)) return
      }
    },
  }
}

/** A message on one line of a terminal, or on as many as its text has. */
const inWords = ({ type, payload }: Message): string => {
  const { text, markdown, ...rest } = payload as { text?: unknown; markdown?: unknown }
  const words = typeof text === 'string' ? text : typeof markdown === 'string' ? markdown : undefined
  const isPlain = Object.keys(rest).length === 0
  if (words === undefined) return `[${type}] ${JSON.stringify(payload)}`
  return isPlain ? words : `${words} [${type}] ${JSON.stringify(rest)}`
}
