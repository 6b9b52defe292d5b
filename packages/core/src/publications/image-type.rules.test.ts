import { expect, test } from 'vitest'
import { imageTypeOf } from './image-type.rules.ts'

const svg = '<svg xmlns="http://www.w3.org/2000/svg"/>'

test.each([
  ['plain', svg],
  ['behind a byte order mark and space', `\uFEFF \n${svg}`],
  ['behind a declaration and comments', `<?xml version="1.0"?><!-- a <b> --><?style x?>\n<!-- c -->${svg}`],
  ['behind a document type', `<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "svg11.dtd">${svg}`],
  ['behind a document type with declarations', `<!DOCTYPE svg [<!ENTITY a "b">]>\n${svg}`],
  ['with a prefix', '<s:svg xmlns:s="http://www.w3.org/2000/svg"></s:svg>'],
])('SVG %s is known', (_, text) => {
  expect(imageTypeOf(Buffer.from(text))).toBe('image/svg+xml')
})

test.each([
  ['image/png', '\x89PNG\r\n\x1a\n'],
  ['image/jpeg', '\xff\xd8\xff\xe0'],
  ['image/gif', 'GIF89a'],
  ['image/webp', 'RIFF\n\0\0\0WEBPVP8 '],
])('%s is known by how it begins', (type, head) => {
  expect(imageTypeOf(Buffer.from(`${head}and more`, 'latin1'))).toBe(type)
})

test.each([
  ['nothing', ''],
  ['a page', '<!DOCTYPE html><html><svg/></html>'],
  ['a script', 'alert(1)'],
  ['another element that begins so', '<svgx/>'],
  ['a comment that never ends', `<!-- ${svg}`],
  ['a sound', 'RIFF\n\0\0\0WAVEfmt '],
])('%s is no image', (_, text) => {
  expect(imageTypeOf(Buffer.from(text, 'latin1'))).toBeUndefined()
})

test('a megabyte of comments is read at once', () => {
  const start = performance.now()
  expect(imageTypeOf(Buffer.from(`${'<!---->\n'.repeat(125_000)}${svg}`))).toBe('image/svg+xml')
  expect(performance.now() - start).toBeLessThan(1000)
})
