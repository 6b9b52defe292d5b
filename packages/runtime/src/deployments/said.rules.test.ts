import { expect, test } from 'vitest'
import { saidBy } from './said.rules.ts'

test.each<[string, string, object | undefined]>([
  ['text', 'hello  ', { level: 'info', message: 'hello' }],
  ['nothing', '   ', undefined],
  ['JSON that is no line of a logger', '{"a":1}', { level: 'info', message: '{"a":1}' }],
  ['broken JSON', '{"msg":"x"', { level: 'info', message: '{"msg":"x"' }],
  ['a level that there is not', '{"msg":"x","level":"loud"}', { level: 'info', message: 'x' }],
  [
    'a line of an SDK’s logger',
    '{"msg":"hi","level":"warn","options":{"conversationId":"c","userId":"u","messageId":"m","eventId":"e","workflowId":"w"},"visible_to_bot_owner":true}',
    {
      level: 'warn',
      message: 'hi',
      conversationId: 'c',
      userId: 'u',
      messageId: 'm',
      eventId: 'e',
      workflowId: 'w',
      visibleToBotOwner: true,
    },
  ],
  [
    'what our host wraps: several lines, with its level and its bot',
    '{"understudy":"error","botId":"b","text":"a\\nb"}',
    { level: 'error', message: 'a\nb', botId: 'b' },
  ],
  [
    'a logger’s line that our host wraps',
    '{"understudy":"info","botId":"b","text":"{\\"msg\\":\\"hi\\",\\"level\\":\\"debug\\"}"}',
    { level: 'debug', message: 'hi', botId: 'b' },
  ],
])('%s is understood', (_what, line, said) => {
  if (said === undefined) expect(saidBy(line, 'info')).toBeUndefined()
  else expect(saidBy(line, 'info')).toMatchObject(said)
})
