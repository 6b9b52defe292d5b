import type { PlatformContext } from '../context.ts'

const PREFIX = 'bp_emu_'
const UUID_BYTES = 16
const PURPOSE = 'emulator'

/**
 * What opens the emulator of this bot and nothing else, e.g. `bp_emu_…`: the bot's id and a signature over it. Nothing is
 * stored, so it cannot be revoked by itself: it opens nothing any more once the emulator is disabled in the bot, or
 * SECRET_KEY is another.
 */
export const emulatorKey = ({ secrets }: Pick<PlatformContext, 'secrets'>, botId: string): string => {
  const id = Buffer.from(botId.replaceAll('-', ''), 'hex')
  return `${PREFIX}${Buffer.concat([id, secrets.sign(PURPOSE, botId)]).toString('base64url')}`
}

/** The id of the bot whose emulator this token opens; undefined when it is no such key. The bot may be gone. */
export const botOfEmulatorKey = ({ secrets }: Pick<PlatformContext, 'secrets'>, token: string): string | undefined => {
  if (!token.startsWith(PREFIX)) return undefined
  const text = token.slice(PREFIX.length)
  const bytes = Buffer.from(text, 'base64url')
  const botId = bytes
    .subarray(0, UUID_BYTES)
    .toString('hex')
    .replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-')
  const intact = bytes.toString('base64url') === text && secrets.verify(bytes.subarray(UUID_BYTES), PURPOSE, botId)
  return intact ? botId : undefined
}
