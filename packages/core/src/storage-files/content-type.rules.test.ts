import { expect, test } from 'vitest'
import { contentTypeOf } from './content-type.rules.ts'

test.each([
  ['cat.PNG', 'image/png'],
  ['a/b\\letter.txt', 'text/plain; charset=utf-8'],
  ['page.html', 'text/html; charset=utf-8'],
  ['data.json', 'application/json'],
  ['archive.tar.gz', 'application/gzip'],
  ['html', 'application/octet-stream'],
  ['.png', 'application/octet-stream'],
  ['', 'application/octet-stream'],
])('%j is %s', (name, type) => {
  expect(contentTypeOf(name, Buffer.from('Häuser'))).toBe(type)
})

test('text in another encoding is not told as UTF-8', () => {
  expect(contentTypeOf('letter.txt', Buffer.from('Häuser', 'latin1'))).toBe('text/plain')
})
