import { isIPv4 } from 'node:net'

/** The settings that tell whether only this machine reaches the server. */
type Reach = { HOST?: string | undefined }

/**
 * Whether bots and integrations on loopback and private networks are called: as set, else only by a server that nobody
 * else reaches. A process that listens nowhere has no HOST, and does not.
 */
export const allowPrivateHosts = (
  settings: Reach & { UNDERSTUDY_ALLOW_PRIVATE_HOSTS?: boolean | undefined },
): boolean => settings.UNDERSTUDY_ALLOW_PRIVATE_HOSTS ?? isLoopback(settings.HOST)

/** Whether tunnels are opened, for whoever asks, since nothing in their protocol says who that is: as set, else likewise. */
export const allowTunnels = (settings: Reach & { UNDERSTUDY_TUNNEL?: boolean | undefined }): boolean =>
  settings.UNDERSTUDY_TUNNEL ?? isLoopback(settings.HOST)

/**
 * Whether `/metrics` answers, to whoever asks, as Prometheus expects it: as set, else likewise. How much is going on is nobody's
 * business where strangers reach the server.
 * @param host where it listens
 */
export const showMetrics = (
  { UNDERSTUDY_METRICS }: { UNDERSTUDY_METRICS?: boolean | undefined },
  host: string,
): boolean => UNDERSTUDY_METRICS ?? isLoopback(host)

const isLoopback = (host: string | undefined): boolean =>
  host === 'localhost' || host === '::1' || (host !== undefined && isIPv4(host) && host.startsWith('127.'))
