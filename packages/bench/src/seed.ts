import type { Client } from 'pg'

/** How much there is of everything; half of the messages are in the first conversation. */
export type Sizes = { messages: number; conversations: number }

const MESSAGES_PER_CONVERSATION = 25

/** Half of the messages spread over the conversations, a little more than a page in each. */
export const sizesFor = (messages: number): Sizes => ({
  messages,
  conversations: Math.max(1, Math.floor(messages / 2 / MESSAGES_PER_CONVERSATION)),
})

const DIGITS = 26

/** The id of the n-th seeded object, as text and as SQL over an expression. */
export const seededId = (prefix: string, n: number): string => `${prefix}_${String(n).padStart(DIGITS, '0')}`
export const seededIdSql = (prefix: string, n: string): string => `'${prefix}_' || lpad((${n})::text, ${DIGITS}, '0')`

/** Tags of the n-th conversation: one it has alone, one that it shares with a thousandth, and with a tenth, of all. */
export const seededTags = (n: number) => ({ id: `room-${n}`, team: `team-${n % 1000}`, tier: `tier-${n % 10}` })
export const seededTagsSql = (n: string): string =>
  `jsonb_build_object('id', 'room-' || (${n})::text, 'team', 'team-' || (${n} % 1000)::text, 'tier', 'tier-' || (${n} % 10)::text)`

export const TEXT = 'The quick brown fox jumps over the lazy dog and says what a message says.'

const moment = (n: string): string => `timestamptz '2026-01-01 00:00:00+00' + ${n} * interval '1 second'`

const statements = ({ messages, conversations }: Sizes, bot: string, installation: string): string[] => {
  const each = (count: number): string => `from generate_series(1, ${count}) n`
  const owner = `'${bot}'::uuid`
  const source = `'${installation}'::uuid`
  const home = `case when n % 2 = 0 then 1 else n / 2 % ${conversations} + 1 end`
  const spoken = `from (select n, ${home} as home ${each(messages)}) m`
  return [
    `insert into users (bot_id, id, installation_id, integration_tags, bot_tags, attributes, properties, created_at, updated_at)
     select ${owner}, ${seededIdSql('user', 'n')}, ${source}, '{}', '{}', '{}', '{}', ${moment('n')}, ${moment('n')}
     ${each(conversations)}`,
    `insert into conversations (bot_id, id, installation_id, channel, integration_tags, bot_tags, properties, message_count, created_at, updated_at)
     select ${owner}, ${seededIdSql('conv', 'n')}, ${source}, 'channel', ${seededTagsSql('n')}, '{}', '{}', 0, ${moment('n')}, ${moment('n')}
     ${each(conversations)}`,
    `insert into participants (bot_id, conversation_id, user_id, created_at)
     select ${owner}, ${seededIdSql('conv', 'n')}, ${seededIdSql('user', 'n')}, ${moment('n')} ${each(conversations)}`,
    `insert into states (bot_id, type, owner_id, scope, name, id, payload, created_at, updated_at)
     select ${owner}, 'conversation', ${seededIdSql('conv', 'n')}, ${source}, 'memory', ${seededIdSql('state', 'n')}, '{"text": "before"}',
       ${moment('n')}, ${moment('n')} ${each(conversations)}`,
    `insert into messages (bot_id, id, conversation_id, installation_id, user_id, type, payload, direction, integration_tags, bot_tags, created_at, updated_at)
     select ${owner}, ${seededIdSql('msg', 'n')}, ${seededIdSql('conv', 'home')}, ${source}, ${seededIdSql('user', 'home')}, 'text',
       json_build_object('text', '${TEXT}'), 'incoming', '{}', '{}', ${moment('n')}, ${moment('n')} ${spoken}`,
    `insert into events (bot_id, id, installation_id, type, conversation_id, user_id, message_id, status, created_at, updated_at)
     select ${owner}, ${seededIdSql('evt', 'n')}, ${source}, 'message_created', ${seededIdSql('conv', 'home')}, ${seededIdSql('user', 'home')},
       ${seededIdSql('msg', 'n')}, 'processed', ${moment('n')}, ${moment('n')} ${spoken}`,
    `insert into deliveries (bot_id, id, target, installation_id, conversation_id, status, due_at, attempts, created_at, updated_at)
     select bot_id, id, 'bot', installation_id, conversation_id, 'delivered', created_at, 1, created_at, updated_at from events order by seq`,
    `update conversations c set message_count = m.found
     from (select bot_id, conversation_id, count(*) as found from messages group by 1, 2) m
     where c.bot_id = m.bot_id and c.id = m.conversation_id`,
    'vacuum (analyze)',
    'checkpoint',
  ]
}

/** Fills a migrated database as months of use would, through the triggers that any row goes through. */
export const seed = async (client: Client, sizes: Sizes, owner: { botId: string; installationId: string }) => {
  for (const statement of statements(sizes, owner.botId, owner.installationId)) await client.query(statement)
}
