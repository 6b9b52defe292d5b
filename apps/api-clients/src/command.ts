import { parseArgs } from 'node:util'
import type { NewStandsFor } from '@understudy/contract'
import { OperatorError } from './operator-error.ts'

export type Command =
  | { verb: 'create'; standsFor: NewStandsFor; note: string | undefined }
  | { verb: 'list'; botId: string | undefined }
  | { verb: 'revoke'; clientKey: string }

const USAGE = `Usage:
  api-clients create --bot <id> [--alias <alias>] [--note <text>]   for a bot, or for one of its integrations
  api-clients create --account [--note <text>]                      for the account whose token it is
  api-clients list [--bot <id>]                                     of a bot, or of that account
  api-clients revoke <client key>`

/** What is to be done. @throws OperatorError with the usage when that is not clear */
export const readCommand = (args: string[]): Command => {
  const { values, positionals } = parsed(args)
  const { bot, alias, account, note } = values
  const [verb, clientKey, ...rest] = positionals
  const flags = Object.keys(values).join(' ')
  if (verb === 'create' && clientKey === undefined) {
    if (bot !== undefined && account === undefined) {
      const standsFor =
        alias === undefined ? { kind: 'bot' as const } : { kind: 'installation' as const, integrationAlias: alias }
      return { verb, standsFor: { ...standsFor, botId: bot }, note }
    }
    if (bot === undefined && alias === undefined && account) return { verb, standsFor: { kind: 'account' }, note }
  }
  if (verb === 'list' && clientKey === undefined && /^(bot)?$/.test(flags)) return { verb, botId: bot }
  if (verb === 'revoke' && clientKey !== undefined && rest.length === 0 && flags === '') return { verb, clientKey }
  throw new OperatorError(USAGE)
}

const parsed = (args: string[]) => {
  try {
    return parseArgs({
      args,
      allowPositionals: true,
      options: {
        bot: { type: 'string' },
        alias: { type: 'string' },
        account: { type: 'boolean' },
        note: { type: 'string' },
      },
    })
  } catch (error) {
    throw new OperatorError(`${(error as Error).message}\n${USAGE}`)
  }
}
