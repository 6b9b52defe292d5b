import { ADDRCONFIG, promises as dns } from 'node:dns'
import { isIP, type LookupFunction } from 'node:net'
import { buildConnector } from 'undici'
import { isMetadataName, mayDial, reachOf } from './address.rules.ts'
import { CallFailure } from './call-failure.ts'

/** Every address of a name. Rejects when there is none. */
export type Resolve = (hostname: string) => Promise<readonly string[]>

export type Guard = { allowPrivateHosts: boolean; resolve?: Resolve | undefined }

const CONNECT_TIMEOUT_MS = 10_000

const askTheMachine: Resolve = async (hostname) =>
  (await dns.lookup(hostname, { all: true, hints: ADDRCONFIG })).map(({ address }) => address)

/**
 * Opens connections for undici, each only to an address that was checked for this very connection: the name is looked up
 * once, and what was checked is what the socket is given. Name and address are otherwise as asked for, so that the Host
 * header and the certificate belong to the name.
 */
export const guardedConnect = (guard: Guard): buildConnector.connector => {
  const lookup: LookupFunction = (hostname, { all }, answer) => {
    addressesOf(hostname, guard).then(
      (addresses) => {
        const [first = '', ...rest] = addresses
        // Several: Node tries them in turn, so that one dead address does not make a host unreachable.
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
  return (options, callback) => {
    // A socket looks no address up.
    const refusal = isIP(options.hostname) === 0 ? undefined : refusalOf([options.hostname], options.hostname, guard)
    if (refusal) queueMicrotask(() => callback(refusal, null))
    else connect(options, callback)
  }
}

/**
 * The addresses of a name that may be dialled; a name that has others too keeps these.
 * @throws CallFailure `forbidden-address` when none may, and what `resolve` throws
 */
export const addressesOf = async (hostname: string, guard: Guard): Promise<string[]> => {
  if (isMetadataName(hostname)) throw forbidden(hostname, 'is where a cloud keeps credentials')
  const addresses = await (guard.resolve ?? askTheMachine)(hostname)
  const refusal = refusalOf(addresses, hostname, guard)
  if (refusal) throw refusal
  return addresses.filter((address) => mayDial(address, guard.allowPrivateHosts))
}

const refusalOf = (addresses: readonly string[], host: string, { allowPrivateHosts }: Guard) => {
  if (addresses.some((address) => mayDial(address, allowPrivateHosts))) return undefined
  return addresses.some((address) => reachOf(address) === 'private')
    ? forbidden(host, 'is this machine or on a private network, which UNDERSTUDY_ALLOW_PRIVATE_HOSTS=on would allow')
    : forbidden(host, 'has no address that may be called')
}

const forbidden = (host: string, why: string) =>
  new CallFailure('forbidden-address', `${host} is not called: it ${why}.`)
