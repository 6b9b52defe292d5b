import { createHook } from 'node:async_hooks'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { addressesOf } from './guarded-connect.ts'
import { createRuntime } from './index.ts'
import { targetOf } from './target.rules.ts'

type Verdict = 'allowed' | 'forbidden-address' | 'bad-url'

/** What the names of the list resolve to. */
const NAMES: Record<string, string[]> = {
  'bot.example': ['93.184.216.34', '2606:2800:220:1::1'],
  'bot.example.': ['93.184.216.34'],
  'xn--bcher-kva.example': ['93.184.216.34'],
  'both.example': ['10.0.0.1', '93.184.216.34'],
  'both-bad.example': ['169.254.169.254', '127.0.0.1'],
  'inward.example': ['10.0.0.1'],
  'mapped.example': ['::ffff:10.0.0.1'],
  'metadata.example': ['169.254.169.254', 'fd00:ec2::254'],
  'junk.example': ['not an address'],
  localhost: ['127.0.0.1', '::1'],
  'localhost.': ['127.0.0.1', '::1'],
  'bot.localhost': ['127.0.0.1'],
  'postgres.internal': ['172.18.0.3'],
}
const resolve = async (host: string) => NAMES[host] ?? Promise.reject(new Error(`${host} was not to be resolved`))

const no: Verdict = 'forbidden-address'
const yes: Verdict = 'allowed'
const bad: Verdict = 'bad-url'

/** url · verdict · verdict with private hosts allowed */
const CASES: [string, Verdict, Verdict][] = [
  // the Internet
  ['http://93.184.216.34/', yes, yes],
  ['https://bot.example/hook?x=1', yes, yes],
  ['http://BOT.example./', yes, yes],
  ['https://bücher.example/', yes, yes],
  ['http://[2606:4700:4700::1111]:8080/', yes, yes],
  ['http://1.1.1.1:65535/', yes, yes],
  ['http://172.32.0.1/', yes, yes],
  ['http://100.128.0.1/', yes, yes],
  // this machine
  ['http://127.0.0.1:8072/', no, yes],
  ['http://127.255.255.254/', no, yes],
  ['http://[::1]:8072/', no, yes],
  ['http://localhost/', no, yes],
  ['http://LOCALHOST./', no, yes],
  ['http://bot.localhost/', no, yes],
  ['http://127.1/', no, yes],
  ['http://127.0.1/', no, yes],
  ['http://2130706433/', no, yes],
  ['http://017700000001/', no, yes],
  ['http://0177.0.0.1/', no, yes],
  ['http://0x7f.1/', no, yes],
  ['http://0x7f000001/', no, yes],
  ['http://127.0.0.1./', no, yes],
  ['http://１２７。０。０。１/', no, yes],
  ['http://%31%32%37.0.0.1/', no, yes],
  ['http://ⓛⓞⓒⓐⓛⓗⓞⓢⓣ/', no, yes],
  ['http:\\\\127.0.0.1\\', no, yes],
  // around it
  ['http://10.0.0.1/', no, yes],
  ['http://172.16.0.1/', no, yes],
  ['http://172.31.255.255/', no, yes],
  ['http://192.168.1.1:443/', no, yes],
  ['http://100.64.0.1/', no, yes],
  ['http://[fc00::1]/', no, yes],
  ['http://[fd12:3456:789a::1]/', no, yes],
  ['http://inward.example/', no, yes],
  ['http://postgres.internal:5432/', no, yes],
  // a name with addresses of both kinds is dialled at those that are allowed
  ['http://both.example/', yes, yes],
  ['http://both-bad.example/', no, yes],
  // where clouds keep credentials
  ['http://169.254.169.254/latest/meta-data/', no, no],
  ['http://2852039166/', no, no],
  ['http://0xa9fea9fe/', no, no],
  ['http://0251.0376.0251.0376/', no, no],
  ['http://169.254.170.2/v2/credentials', no, no],
  ['http://100.100.100.200/', no, no],
  ['http://168.63.129.16/', no, no],
  ['http://192.0.0.192/', no, no],
  ['http://[fd00:ec2::254]/', no, no],
  ['http://[fd00:ec2::23]/', no, no],
  ['http://[fd20:ce::254]/', no, no],
  ['http://[fd00:c1::a9fe:a9fe]/', no, no],
  ['http://[fe80::a9fe:a9fe]/', no, no],
  ['http://[::ffff:169.254.169.254]/', no, no],
  ['http://metadata.google.internal/', no, no],
  ['http://METADATA.google.internal./', no, no],
  ['http://metadata.example/', no, no],
  // addresses within addresses
  ['http://[::ffff:127.0.0.1]/', no, no],
  ['http://[::ffff:8.8.8.8]/', no, no],
  ['http://[::127.0.0.1]/', no, no],
  ['http://[::808:808]/', no, no],
  ['http://[::ffff:0:127.0.0.1]/', no, no],
  ['http://[64:ff9b::7f00:1]/', no, no],
  ['http://[64:ff9b::808:808]/', no, no],
  ['http://[64:ff9b:1::1]/', no, no],
  ['http://[2002:7f00:1::]/', no, no],
  ['http://[2001:0:4136:e378:8000:63bf:3fff:fdd2]/', no, no],
  ['http://mapped.example/', no, no],
  // nobody's
  ['http://0.0.0.0:8072/', no, no],
  ['http://0/', no, no],
  ['http://[::]/', no, no],
  ['http://0.1.2.3/', no, no],
  ['http://169.254.1.1/', no, no],
  ['http://[fe80::1]/', no, no],
  ['http://[fec0::1]/', no, no],
  ['http://224.0.0.1/', no, no],
  ['http://239.255.255.250/', no, no],
  ['http://[ff02::1]/', no, no],
  ['http://240.0.0.1/', no, no],
  ['http://255.255.255.255/', no, no],
  ['http://192.0.2.1/', no, no],
  ['http://198.51.100.1/', no, no],
  ['http://203.0.113.1/', no, no],
  ['http://198.18.0.1/', no, no],
  ['http://192.88.99.1/', no, no],
  ['http://[2001:db8::1]/', no, no],
  ['http://[3fff::1]/', no, no],
  ['http://[2001:2::1]/', no, no],
  ['http://[100::1]/', no, no],
  ['http://[5f00::1]/', no, no],
  ['http://[4000::1]/', no, no],
  ['http://junk.example/', no, no],
  // no URL of a bot
  ['ftp://93.184.216.34/', bad, bad],
  ['file:///etc/passwd', bad, bad],
  ['gopher://127.0.0.1:6379/_x', bad, bad],
  ['ws://bot.example/', bad, bad],
  ['http://', bad, bad],
  ['bot.example:8072', bad, bad],
  ['//bot.example/', bad, bad],
  ['http://256.256.256.256/', bad, bad],
  ['http://0x1ffffffff/', bad, bad],
  ['http://[fe80::1%25eth0]/', bad, bad],
  ['http://bot.example:0/', bad, bad],
  ['http://bot.example:65536/', bad, bad],
  ['http://user:secret@bot.example/', bad, bad],
  ['http://bot.example@127.0.0.1/', bad, bad],
  ['http://bot.example%00.evil.example/', bad, bad],
  ['', bad, bad],
]

let dialled = 0
const hook = createHook({
  init: (_id, type) => {
    if (type === 'TCPCONNECTWRAP') dialled++
  },
})
beforeAll(() => void hook.enable())
afterAll(() => void hook.disable())

/** Blocked ones through the door, allowed ones no further than the decision: nothing leaves this machine. */
const verdictOf = async (url: string, allowPrivateHosts: boolean): Promise<unknown> => {
  try {
    const host = new URL(targetOf(url).origin).hostname.replace(/^\[|\]$/g, '')
    await addressesOf(host, { allowPrivateHosts, resolve })
    return 'allowed'
  } catch {
    const runtime = createRuntime({ allowPrivateHosts, resolve })
    const call = { url, headers: {}, body: '{}', timeoutMs: 5_000 }
    return runtime.call(call).catch((error: { reason: unknown }) => error.reason)
  }
}

test.each(CASES)('%s is %s, and %s where private hosts are allowed', async (url, verdict, openVerdict) => {
  expect([await verdictOf(url, false), await verdictOf(url, true)]).toEqual([verdict, openVerdict])
  expect(dialled).toBe(0)
})

test('a name keeps only its allowed addresses', async () => {
  expect(await addressesOf('both.example', { allowPrivateHosts: false, resolve })).toEqual(['93.184.216.34'])
  expect(await addressesOf('both-bad.example', { allowPrivateHosts: true, resolve })).toEqual(['127.0.0.1'])
})
