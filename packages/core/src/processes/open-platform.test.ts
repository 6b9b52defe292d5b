import { database } from '@understudy/testkit'
import { expect, test } from 'vitest'
import { createLogger } from './logger.ts'
import { openPlatform } from './open-platform.ts'

const options = {
  secretKey: '0123456789abcdef0123456789abcdef',
  limits: 'generous' as const,
  publicUrl: 'http://understudy.test',
  logger: createLogger('silent'),
}

test('a database that nobody has migrated is one sentence for the operator', async () => {
  const { url } = await database({ migrated: false })
  await expect(openPlatform({ databaseUrl: url, ...options })).rejects.toMatchObject({
    name: 'OperatorError',
    message: expect.stringMatching(/^The database at .* is empty: run `migrate` first\.$/),
  })
})

test('whatever keeps it from connecting is one sentence, without the password', async () => {
  const { host } = new URL((await database()).url)
  for (const url of [`postgres://me:hunter2@${host}/nowhere`, `postgres://me:hunter2@127.0.0.1:1/x`])
    await expect(openPlatform({ databaseUrl: url, ...options })).rejects.toMatchObject({
      name: 'OperatorError',
      message: expect.stringMatching(/^The database at (?!.*hunter2).* cannot be reached: .*\.$/),
    })
})
