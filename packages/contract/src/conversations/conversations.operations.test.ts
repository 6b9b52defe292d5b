import { expect, test } from 'vitest'
import { conversationsOperations } from './conversations.operations.ts'

const { query } = conversationsOperations.listConversations

test('a filter may be repeated or given once', () => {
  expect(query.parse({ participantIds: 'user_1' })).toMatchObject({ participantIds: ['user_1'] })
  expect(query.parse({ participantIds: ['user_1', 'user_2'] })).toMatchObject({ participantIds: ['user_1', 'user_2'] })
  expect(query.parse({})).toEqual({ pageSize: 20 })
})

test('a bound of the message count is a number', () => {
  expect(query.parse({ minMessageCount: '0', maxMessageCount: '12' })).toMatchObject({
    minMessageCount: 0,
    maxMessageCount: 12,
  })
  for (const junk of ['', 'many', '1,5', 'Infinity'])
    expect(query.safeParse({ maxMessageCount: junk }).error?.issues).toMatchObject([{ path: ['maxMessageCount'] }])
})
