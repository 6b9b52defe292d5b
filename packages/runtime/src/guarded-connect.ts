import { ADDRCONFIG, promises as dns } from 'node:dns'
import { isIP, type LookupFunction } from 'node:net'
import { buildConnector } from 'undici'
import { isMetadataName, mayDial, reachOf } from './address.rules.ts'
import { CallFailure } from './call-failure.ts'

/** Every address of a name. Rejects when there is none. */
export type Resolve = (hostname: string) => Promise<readonly string[]>

export type Guard = { allowPrivateHosts: boolean; resolve?: Resolve | undefined }

const CONNECT_TIMEOUT_MS = 10_000

/**
 * Opens connections for undici, each only to an address that was checked for this very connection: a name is looked up
 * once, and what was checked is what the socket is given. The name stays what it was for the Host header and for TLS.
 */
export const guardedConnect = (guard: Guard): buildConnector.connector => {
  const lookup: LookupFunction = (hostname, { all }, answer) => {
    addressesOf(hostname, guard).then(
      (addresses) => {
        const [first = '', ...rest] = addresses
        // Of several, Node tries one after the other: one dead address does not make a host unreachable.
        if (all)
          answer(
            null,
            [first, ...rest].map((address) => ({ address, family: isIP(address) })),
          )
        else answer(null, first, isIP(first))
      },
      (error: Error) => answer(error, ''),
    )
  }
  const connect = buildConnector({ lookup, timeout: CONNECT_TIMEOUT_MS })
  return (options, opened) => {
    // What is an address already, a socket does not look up.
    if (isIP(options.hostname) === 0) connect(options, opened)
    else
      addressesOf(options.hostname, guard).then(
        () => connect(options, opened),
        (error: Error) => opened(error, null),
      )
  }
}

/**
 * The addresses at which a host may be dialled; a host that has forbidden ones too keeps the others.
 * @param host a name, or an address without brackets
 * @throws CallFailure when there are none, and what `resolve` throws
 */
export const addressesOf = async (host: string, { allowPrivateHosts, resolve }: Guard): Promise<string[]> => {
  if (isMetadataName(host)) throw forbidden(host, 'is where a cloud keeps credentials')
  const addresses = isIP(host) === 0 ? await (resolve ?? askTheMachine)(host) : [host]
  if (addresses.length === 0) throw new CallFailure('unreachable', `${host} cannot be reached: it has no address.`)
  const allowed = addresses.filter((address) => mayDial(address, allowPrivateHosts))
  if (allowed.length > 0) return allowed
  throw addresses.some((address) => reachOf(address) === 'private')
    ? forbidden(host, 'is this machine or on a private network, which UNDERSTUDY_ALLOW_PRIVATE_HOSTS=on would allow')
    : forbidden(host, 'has no address that may be called')
}

const forbidden = (host: string, why: string) =>
  new CallFailure('forbidden-address', `${host} is not called: it ${why}.`)

const askTheMachine: Resolve = async (host) =>
  (await dns.lookup(host, { all: true, hints: ADDRCONFIG })).map(({ address }) => address)
