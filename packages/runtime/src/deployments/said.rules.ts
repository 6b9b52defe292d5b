export type SaidLevel = 'debug' | 'info' | 'warn' | 'error'

/** Something that deployed code printed. */
export type Said = {
  level: SaidLevel
  message: string
  /** The bot it was said for, as the process itself claims: undefined where it did not say. */
  botId?: string | undefined
  eventId?: string | undefined
  messageId?: string | undefined
  conversationId?: string | undefined
  userId?: string | undefined
  workflowId?: string | undefined
  /** of an integration: whether it meant the owner of the bot to see it */
  visibleToBotOwner?: boolean | undefined
}

/** Longest line; the rest is cut off. */
const LINE_MAX = 16 * 1024

/**
 * Reads a line of output. The loggers of the SDKs print JSON (`{msg, level, options: {eventId, …}, visible_to_bot_owner}`) where
 * BP_LOG_FORMAT says so; our host wraps what `console` prints, with its level and the bot it was printed for. Anything else is
 * text.
 * @param level of plain text
 * @returns undefined for an empty line
 */
export const saidBy = (line: string, level: SaidLevel): Said | undefined => {
  const wrapped = objectOf(line)
  if (typeof wrapped?.['understudy'] === 'string' && typeof wrapped['text'] === 'string') {
    const said = spoken(wrapped['text'], levelOf(wrapped['understudy']) ?? level)
    return said && { ...said, botId: textOf(wrapped['botId']) }
  }
  return spoken(line, level, wrapped)
}

const spoken = (text: string, level: SaidLevel, object = objectOf(text)): Said | undefined => {
  const message = textOf(object?.['msg'])
  if (object === undefined || message === undefined) {
    const kept = text.trimEnd()
    return kept === '' ? undefined : { level, message: kept.slice(0, LINE_MAX) }
  }
  const options = isObject(object['options']) ? object['options'] : {}
  const visible = object['visible_to_bot_owner']
  return {
    level: levelOf(object['level']) ?? level,
    message: message.slice(0, LINE_MAX),
    eventId: textOf(options['eventId']),
    messageId: textOf(options['messageId']),
    conversationId: textOf(options['conversationId']),
    userId: textOf(options['userId']),
    workflowId: textOf(options['workflowId']),
    ...(typeof visible === 'boolean' ? { visibleToBotOwner: visible } : {}),
  }
}

const levelOf = (level: unknown): SaidLevel | undefined => {
  switch (level) {
    case 'debug':
    case 'info':
    case 'warn':
    case 'error':
      return level
    default:
      return undefined
  }
}

const textOf = (value: unknown): string | undefined => (typeof value === 'string' && value !== '' ? value : undefined)

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const objectOf = (text: string): Record<string, unknown> | undefined => {
  if (!text.startsWith('{')) return undefined
  try {
    const value: unknown = JSON.parse(text)
    return isObject(value) ? value : undefined
  } catch {
    return undefined
  }
}
