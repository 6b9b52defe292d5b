import type { State } from '@understudy/contract'
import type { DeclaredState } from '../callers/index.ts'
import type { BotContext } from '../context.ts'
import { invalidPayload, notFound } from '../errors.ts'

/** How a caller names a state: the kind and id of its owner, and its name. */
export type StateReference = { type: State['type']; id: string; name: string }

/** How a row is found: owner and namespace are settled, and what was declared under the name is at hand. */
export type StateKey = {
  type: State['type']
  ownerId: string
  /** the bot's id, or the installation's: each has its own names */
  scope: string
  name: string
  declared: DeclaredState
}

/**
 * Settles whose state is meant. Conversations and users are looked up by the statement that needs them; a bot, an
 * installation and a workflow are known here.
 * @throws ResourceNotFound for an owner that is not there; InvalidPayload for a name nobody declared for this kind of owner
 */
export const stateKey = (ctx: BotContext, { type, id, name }: StateReference): StateKey => {
  const installation = type === 'integration' ? installationOf(ctx, id) : ctx.installation
  if (type === 'bot' && id !== ctx.bot.id) throw notFound('bot', id)
  // Nobody keeps workflows or tasks here yet, so none of them can own a state.
  if (type === 'workflow' || type === 'task') throw notFound(type, id)
  const { states } = installation ?? ctx.bot
  const declared = Object.hasOwn(states, name) ? states[name] : undefined
  if (!declared || declared.type !== type) throw undeclared(states, type, name)
  return {
    type,
    ownerId: type === 'integration' && installation ? installation.id : id,
    scope: installation?.id ?? ctx.bot.id,
    name,
    declared,
  }
}

/** States of type `integration` are named by the id of a version, and belong to the installation whichever it is. */
const installationOf = (ctx: BotContext, id: string) => {
  const candidates = ctx.installation ? [ctx.installation] : ctx.bot.installations
  const found = candidates.find((one) => one.id === id || one.integrationIds.includes(id))
  if (!found) throw notFound('integration', id)
  return found
}

const undeclared = (states: Readonly<Record<string, DeclaredState>>, type: string, name: string) => {
  const names = Object.entries(states).flatMap(([known, state]) => (state.type === type ? [known] : []))
  return invalidPayload(
    'name',
    `no state "${name}" of type ${type} is declared; declared are: ${names.toSorted().join(', ') || 'none'}`,
  )
}
