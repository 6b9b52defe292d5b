import { isIP } from 'node:net'
import ipaddr from 'ipaddr.js'

/** Addresses of machines around us and of this one: `UNDERSTUDY_ALLOW_PRIVATE_HOSTS` opens them. */
const PRIVATE: ReadonlySet<string> = new Set(['loopback', 'private', 'carrierGradeNat', 'uniqueLocal'])

/**
 * Where clouds hand out credentials to whoever asks from inside, as far as it is not link-local, where most are:
 * Azure, Alibaba (twice), AWS, Google, Oracle, Scaleway, Akamai.
 */
const METADATA = [
  '168.63.129.16/32',
  '100.100.100.200/32',
  'fd00:100::100:200/128',
  'fd00:ec2::/32',
  'fd20:ce::254/128',
  'fd00:c1::a9fe:a9fe/128',
  'fd00:42::42/128',
  'fd00:a9fe:a9fe::1/128',
].map((range) => ipaddr.parseCIDR(range))

/** The names of some of them: refused before anyone is asked what they stand for. */
const METADATA_NAMES: ReadonlySet<string> = new Set([
  'metadata.google.internal',
  'metadata.goog',
  'instance-data.ec2.internal',
])

/** All that is handed out of IPv6 for hosts; the rest translates, tunnels or is nobody's. */
const GLOBAL_IPV6 = ipaddr.IPv6.parseCIDR('2000::/3')

/** Who can be meant by an address: anybody, a machine around us, or nobody a bot could live on. */
export type Reach = 'public' | 'private' | 'never'

/** @param address as a resolver or a parsed URL writes it, without brackets; anything else is `never` */
export const reachOf = (address: string): Reach => {
  if (isIP(address) === 0) return 'never'
  const parsed = ipaddr.parse(address)
  if (ipaddr.subnetMatch(parsed, { metadata: METADATA }, 'other') === 'metadata') return 'never'
  const range = parsed.range()
  if (PRIVATE.has(range)) return 'private'
  if (range !== 'unicast') return 'never'
  return parsed.kind() === 'ipv4' || parsed.match(GLOBAL_IPV6) ? 'public' : 'never'
}

/** Whether an address may be dialled. */
export const mayDial = (address: string, allowPrivateHosts: boolean): boolean => {
  const reach = reachOf(address)
  return reach === 'public' || (reach === 'private' && allowPrivateHosts)
}

/** Whether a name is a cloud's own for its metadata. */
export const isMetadataName = (hostname: string): boolean =>
  METADATA_NAMES.has(hostname.toLowerCase().replace(/\.$/, ''))
