import { expect, test } from 'vitest'
import { publicUrlOf, readSettings, SETTINGS } from './settings.ts'

test('without any variable the defaults hold', () => {
  expect(readSettings(SETTINGS, {})).toMatchObject({ HOST: '127.0.0.1', PORT: 4700, UNDERSTUDY_LIMITS: 'generous' })
})

test('an empty variable counts as not set', () => {
  expect(readSettings(SETTINGS, { PORT: '', DATABASE_URL: '' })).toMatchObject({ PORT: 4700 })
})

test.each([
  ['PORT', 'abc', 'PORT is "abc" and must be a number.'],
  ['PORT', '70000', 'PORT is "70000" and must be between 1 and 65535.'],
  ['LOG_LEVEL', 'loud', 'LOG_LEVEL is "loud" and must be one of fatal, error, warn, info, debug, trace, silent.'],
  ['PUBLIC_URL', 'example.com', 'PUBLIC_URL must be a URL that starts with http:// or https://.'],
  ['DATABASE_URL', 'mysql://x', 'DATABASE_URL must be a URL that starts with postgres:// or postgresql://.'],
  ['FILES_URL', 's3://bucket?colour=red', 'FILES_URL must be file:///…, a directory, or s3://bucket/prefix?'],
  ['FILES_URL', 'file://host/files', 'FILES_URL must be file:///…, a directory, or s3://bucket/prefix?'],
  ['FILES_URL', '/var/files', 'FILES_URL must be file:///…, a directory, or s3://bucket/prefix?'],
  ['UNDERSTUDY_RETENTION_DAYS', 'forever', 'UNDERSTUDY_RETENTION_DAYS is "forever" and must be a number.'],
  ['UNDERSTUDY_LIMITS', 'lax', 'UNDERSTUDY_LIMITS is "lax" and must be one of generous, strict.'],
  ['UNDERSTUDY_RATE_LIMITS', 'lax', 'UNDERSTUDY_RATE_LIMITS is "lax" and must be one of off, cloud.'],
  [
    'UNDERSTUDY_ALLOW_PRIVATE_HOSTS',
    'yes',
    'UNDERSTUDY_ALLOW_PRIVATE_HOSTS is "yes" and must be one of 0, 1, on, off, true, false.',
  ],
])('%s=%s is one sentence that names the variable and what is allowed', (name, value, message) => {
  expect(() => readSettings(SETTINGS, { [name]: value })).toThrow(message)
})

test('a setting that a process cannot do without is asked for by its name', () => {
  expect(() => readSettings({ DATABASE_URL: SETTINGS.DATABASE_URL.unwrap() }, {})).toThrow('DATABASE_URL must be set.')
})

test.each([
  [{ HOST: '127.0.0.1' }, 'http://127.0.0.1:4700'],
  [{ HOST: '0.0.0.0' }, 'http://127.0.0.1:4700'],
  [{ HOST: '::1' }, 'http://[::1]:4700'],
  [{ HOST: '::' }, 'http://127.0.0.1:4700'],
  [{ HOST: '0.0.0.0', PUBLIC_URL: 'https://bots.example.com' }, 'https://bots.example.com'],
])('with %o clients are sent to %s', (settings, url) => {
  expect(publicUrlOf({ PORT: 4700, ...settings })).toBe(url)
})

test('a secret is not repeated in the sentence about it', () => {
  expect(() => readSettings(SETTINGS, { SECRET_KEY: 'hunter2' })).toThrow(/^SECRET_KEY must be at least 32/)
})

test.each(['studio.example', 'https://studio.example/', 'null', '*,https://a.example', 'https://a.example,'])(
  'UNDERSTUDY_ORIGINS=%s names no origins',
  (UNDERSTUDY_ORIGINS) => {
    expect(() => readSettings(SETTINGS, { UNDERSTUDY_ORIGINS })).toThrow(/must be \* or origins separated by commas/)
  },
)

test('origins are those that are named, or any', () => {
  const read = (value?: string) => readSettings(SETTINGS, { UNDERSTUDY_ORIGINS: value }).UNDERSTUDY_ORIGINS
  expect(read()).toBe('*')
  expect(read('https://a.example, http://localhost:3000')).toEqual(['https://a.example', 'http://localhost:3000'])
})
