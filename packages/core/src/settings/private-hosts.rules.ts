import { isIPv4 } from 'node:net'

/**
 * Whether bots and integrations on loopback and private networks are called: as set, else only by a server that nobody
 * else reaches. A process that listens nowhere has no HOST, and does not.
 */
export const allowPrivateHosts = (settings: {
  HOST?: string | undefined
  UNDERSTUDY_ALLOW_PRIVATE_HOSTS?: boolean | undefined
}): boolean => settings.UNDERSTUDY_ALLOW_PRIVATE_HOSTS ?? isLoopback(settings.HOST)

const isLoopback = (host: string | undefined): boolean =>
  host === 'localhost' || host === '::1' || (host !== undefined && isIPv4(host) && host.startsWith('127.'))
