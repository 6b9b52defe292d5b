import type { Statement } from '@understudy/db'
import type { OfficialClient } from './official-client.ts'

/** The integration and the bot, as seen through one server. */
export type Lane = { parrot: OfficialClient; bot: OfficialClient }

/** What a race takes place on. */
export type Track = {
  botId: string
  /** the parrot in that bot */
  installationId: string
  userId: string
  conversationId: string
}

export type Turn = { round: number; caller: number }

/** Something that many get or create at once, and of which there must be one. */
export type Race = {
  name: string
  /** Makes room for another round. */
  prepare?: (lane: Lane, track: Track) => Promise<unknown>
  /** One of the callers, all of whom want the same in a round. */
  ask: (lane: Lane, track: Track, turn: Turn) => Promise<{ id: string; created: boolean }>
  /** What the server does for a caller, for a session that holds what this takes. */
  hold: (track: Track, round: number) => { statement: Statement; values: unknown[] }
  /** Counts what the rounds left. */
  count: (track: Track) => { statement: Statement; values: unknown[] }
}

/** With `some`, the callers of a round agree in one tag only, and name it. */
const taggedRaces = (some: boolean): Race[] => {
  const how = some ? 'by some tags' : 'by all tags'
  const tags = (other: string, { round, caller }: Turn) => ({
    tags: { id: `${how} ${round}`, ...(some && { [other]: `${caller}` }) },
    ...(some && { discriminateByTags: ['id'] }),
  })
  const held = (round: number) => JSON.stringify({ id: `${how} ${round}` })
  const counted = (table: string) => ({
    name: `races.count-${table}`,
    text: `select count(*)::int from ${table} where bot_id = $1 and integration_tags ->> 'id' like $2 || ' %'`,
  })
  return [
    {
      name: `user ${how}`,
      ask: async ({ parrot }, _, turn) => {
        const { user, meta } = await parrot.getOrCreateUser(tags('nick', turn))
        return { id: user.id, ...meta }
      },
      hold: ({ botId, installationId }, round) => ({
        statement: {
          name: 'races.hold-user',
          text: `select get_or_create_user($1, $2, $2, $3, '{}', $3, '{}', $4, null, null, '{}', '{}', 'user_held', now())`,
        },
        values: [botId, installationId, held(round), some],
      }),
      count: ({ botId }) => ({ statement: counted('users'), values: [botId, how] }),
    },
    {
      name: `conversation ${how}`,
      ask: async ({ parrot }, _, turn) => {
        const wanted = { channel: 'room', ...tags('thread', turn) }
        const { conversation, meta } = await parrot.getOrCreateConversation(wanted)
        return { id: conversation.id, ...meta }
      },
      hold: ({ botId, installationId }, round) => ({
        statement: {
          name: 'races.hold-conversation',
          text: `select get_or_create_conversation($1, $2, $2, 'room', $3, '{}', $3, '{}', $4, '{}', 'conv_held', now())`,
        },
        values: [botId, installationId, held(round), some],
      }),
      count: ({ botId }) => ({ statement: counted('conversations'), values: [botId, how] }),
    },
    {
      name: `message ${how}`,
      ask: async ({ parrot }, { userId, conversationId }, turn) => {
        const said = { userId, conversationId, type: 'text', payload: { text: 'Hello' } }
        const { message, meta } = await parrot.getOrCreateMessage({ ...said, ...tags('part', turn) })
        return { id: message.id, ...meta }
      },
      hold: ({ botId, installationId, conversationId, userId }, round) => ({
        statement: {
          name: 'races.hold-message',
          text: `
            select get_or_create_message($1, $2, $3, $4, 'msg_held', 'text', '{}', $2, $5, '{"room": ["id"]}', '{}', $5, '{}', $6,
              null, 'evt_held', null, now())`,
        },
        values: [botId, installationId, conversationId, userId, held(round), some],
      }),
      count: ({ botId }) => ({ statement: counted('messages'), values: [botId, how] }),
    },
  ]
}

const STATE = { type: 'bot', name: 'settings' }

const stateRace: Race = {
  name: 'state',
  prepare: ({ bot }, { botId }) => bot.setState({ ...STATE, id: botId, payload: null }),
  ask: async ({ bot }, { botId }, { caller }) => {
    const { state, meta } = await bot.getOrSetState({ ...STATE, id: botId, payload: { winner: caller } })
    return { id: `${state.id} of ${String(state.payload['winner'])}`, created: !meta.cached }
  },
  hold: ({ botId }) => ({
    statement: {
      name: 'races.hold-state',
      text: `select get_or_set_state($1::uuid, null, 'bot', $1::uuid::text, $1::uuid, 'settings', 'state_held', '{}', null, 'evt_held', now())`,
    },
    values: [botId],
  }),
  count: ({ botId }) => ({
    statement: { name: 'races.count-states', text: 'select count(*)::int from states where bot_id = $1' },
    values: [botId],
  }),
}

/** Everything that can be got or created, by all of its tags and by some. */
export const races: Race[] = [...taggedRaces(false), ...taggedRaces(true), stateRace]
