import { OperatorError, type PlatformContext } from '@understudy/core'
import type { FastifyBaseLogger } from 'fastify'
import { type AppOptions, buildApp } from './app.ts'

export type ServeOptions = AppOptions & {
  platform: PlatformContext
  host: string
  port: number
  logger: FastifyBaseLogger
}

/** How long requests under way may take once the server is told to stop. */
const DRAIN_MS = 10_000

/** A connection whose last request has just been answered is idle, and would keep a closing server open for ever. */
const SWEEP_MS = 50

/**
 * Listens for requests.
 * @returns how to stop: no new requests are taken, those under way are finished
 * @throws OperatorError when the address cannot be had
 */
export const serve = async ({
  platform,
  host,
  port,
  logger,
  ...options
}: ServeOptions): Promise<{ close: () => Promise<void> }> => {
  const app = await buildApp(platform, logger, options)
  try {
    await app.listen({ host, port })
  } catch (error) {
    await app.close()
    throw explained(error, host, port)
  }
  return {
    close: async () => {
      const sweep = setInterval(() => app.server.closeIdleConnections(), SWEEP_MS)
      const force = setTimeout(() => app.server.closeAllConnections(), DRAIN_MS)
      try {
        await app.close()
      } finally {
        clearInterval(sweep)
        clearTimeout(force)
      }
    },
  }
}

const explained = (error: unknown, host: string, port: number): unknown => {
  switch ((error as NodeJS.ErrnoException).code ?? 'none') {
    case 'EADDRINUSE':
      return new OperatorError(`Port ${port} on ${host} is taken: stop what uses it, or set PORT.`, { cause: error })
    case 'EACCES':
      return new OperatorError(`Port ${port} on ${host} may not be used by this user: set PORT.`)
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
      return new OperatorError(`HOST "${host}" is no address of this machine.`)
    default:
      return error
  }
}
