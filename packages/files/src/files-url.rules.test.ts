import { expect, test } from 'vitest'
import { readFilesUrl } from './files-url.rules.ts'

const bucket = { bucket: 'files', prefix: '', endpoint: undefined, region: undefined, forcePathStyle: false }

test.each([
  ['file:///var/files', { directory: '/var/files' }],
  ['s3://files', { bucket }],
  ['s3://files/a/b/', { bucket: { ...bucket, prefix: 'a/b/' } }],
  ['s3://files?region=eu-west-1', { bucket: { ...bucket, region: 'eu-west-1' } }],
  [
    's3://files/a?endpoint=http://minio:9000',
    { bucket: { ...bucket, prefix: 'a/', endpoint: 'http://minio:9000', forcePathStyle: true } },
  ],
  [
    's3://files?endpoint=https://s3.example.com&forcePathStyle=false',
    { bucket: { ...bucket, endpoint: 'https://s3.example.com' } },
  ],
])('%s is a place', (url, place) => {
  expect(readFilesUrl(url)).toEqual(place)
})

test.each([
  '/var/files',
  'file://host/files',
  'https://files',
  's3://',
  's3:///prefix',
  's3://key:secret@files',
  's3://Files',
  's3://files:9000',
  's3://files/a b',
  's3://files#a',
  's3://files?color=red',
  's3://files?endpoint=minio',
  's3://files?endpoint=file:///x',
  's3://files?forcePathStyle=yes',
])('%s is none', (url) => {
  expect(readFilesUrl(url)).toBeUndefined()
})
