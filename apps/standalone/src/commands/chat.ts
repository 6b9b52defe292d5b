import { randomBytes } from 'node:crypto'
import { createInterface, type Interface } from 'node:readline'
import { setTimeout as pause } from 'node:timers/promises'
import { OperatorError } from '@understudy/core'
import { type Command, InvalidArgumentError } from 'commander'
import { type Conversation, conversationWith } from '../conversation.ts'
import { findPlace } from '../place.ts'
import { dataDirOption } from './start.ts'

type Options = { dataDir?: string; bot?: string; user: string; conversation?: string; wait: number }

/** `understudy chat`: talk to a bot. */
export const addChat = (program: Command): void => {
  program
    .command('chat')
    .description('talk to a bot through the emulator; reads lines from a pipe as well')
    .option('--bot <id>', 'which bot (BP_BOT_ID, else the demo bot)')
    .option('--user <name>', 'who talks', 'you')
    .option('--conversation <name>', 'goes on where one of that name ended; else a new one')
    .option('--wait <seconds>', 'how long, from a pipe, to wait for more once everything is answered', seconds, 1)
    .addOption(dataDirOption())
    .action(async (options: Options) => {
      await chat(options)
      // The stream is open still.
      process.exit()
    })
}

const seconds = (text: string): number => {
  const number = Number(text)
  if (text.trim() === '' || !(number >= 0)) throw new InvalidArgumentError('It must be a number of seconds.')
  return number
}

const chat = async (options: Options): Promise<void> => {
  const place = await findPlace(options.dataDir)
  const botId = options.bot ?? place.botId
  if (!botId) throw new OperatorError('Say which bot with --bot.')
  const isTerminal = process.stdin.isTTY && process.stdout.isTTY
  const lines = createInterface({
    input: process.stdin,
    ...(isTerminal ? { output: process.stdout, prompt: `${options.user}> ` } : {}),
  })
  const conversation = conversationWith({
    ...place,
    botId,
    userId: options.user,
    name: options.conversation ?? `chat-${randomBytes(6).toString('hex')}`,
    hear: isTerminal ? showAbovePrompt(lines) : (text) => console.log(text),
  })
  if (isTerminal) return Promise.race([atTerminal(lines, conversation), conversation.broken])
  return Promise.race([fromPipe(lines, conversation, options.wait), conversation.broken])
}

const atTerminal = async (lines: Interface, conversation: Conversation): Promise<void> => {
  lines.prompt()
  for await (const line of lines) {
    if (line.trim()) await conversation.say(line)
    lines.prompt()
  }
  console.log()
}

const showAbovePrompt =
  (lines: Interface) =>
  (text: string): void => {
    process.stdout.write(`\r\u001B[K${text}\n`)
    lines.prompt(true)
  }

/** One after the other, as somebody would who waits for an answer. */
const fromPipe = async (lines: Interface, conversation: Conversation, wait: number): Promise<void> => {
  for await (const line of lines) {
    if (!line.trim()) continue
    await conversation.say(line)
    await conversation.settled()
  }
  await pause(wait * 1000)
}
