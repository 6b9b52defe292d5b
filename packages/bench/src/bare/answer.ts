type Row = Record<string, unknown>
type Answer = (rows: Row[]) => object

const PAGE = 20

const message = (row: Row) => ({
  id: row['id'],
  createdAt: row['created_at'],
  updatedAt: row['updated_at'],
  type: row['type'],
  payload: row['payload'],
  direction: row['direction'],
  userId: row['user_id'],
  conversationId: row['conversation_id'],
  tags: row['integration_tags'],
})

const conversation = (row: Row) => ({
  id: row['id'],
  createdAt: row['created_at'],
  updatedAt: row['updated_at'],
  channel: row['channel'],
  integration: 'bench',
  tags: row['integration_tags'],
  properties: row['properties'],
  messageCount: row['message_count'],
})

const state = (row: Row) => ({
  id: row['id'],
  createdAt: row['created_at'],
  updatedAt: row['updated_at'],
  botId: row['bot_id'],
  conversationId: row['owner_id'],
  name: row['name'],
  type: row['type'],
  payload: row['payload'],
})

/** Rows of the statement behind an operation as its answer; one row more than a page is not shown. */
export const ANSWERS: Record<string, Answer> = {
  createMessage: ([row = {}]) => ({ message: message(row) }),
  getMessage: ([row = {}]) => ({ message: message(row) }),
  listMessages: (rows) => ({ messages: rows.slice(0, PAGE).map(message), meta: {} }),
  getOrCreateConversation: ([row = {}]) => ({ conversation: conversation(row), meta: { created: row['created'] } }),
  listConversations: (rows) => ({ conversations: rows.slice(0, PAGE).map(conversation), meta: {} }),
  setState: ([row = {}]) => ({ state: state(row) }),
}
