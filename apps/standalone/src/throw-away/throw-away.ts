import { rm } from 'node:fs/promises'
import type { Credentials } from '@understudy/core'
import getPort from 'get-port'
import { readThrowAwayEnv, type Variables } from '../env.ts'
import { start } from '../start.ts'
import { keepClean } from './janitor.ts'
import { newDirectory } from './new-directory.ts'
import { fillFromTemplate } from './template.ts'

/** A server that leaves nothing behind. */
export type ThrowAway = {
  credentials: Credentials
  /** Ends a process, or a group of them, should this process be killed. @param target as kill(2) has it */
  endsWithUs: (target: number | undefined) => void
  close: () => Promise<void>
}

const PORTS_TRIED = 5

/**
 * Starts a server on free ports and data of its own, made from a template.
 * @param given settings
 * @param onLost what stands in the way of going on, once it has started
 * @throws OperatorError; then nothing is left
 */
export const startThrowAway = async (given: Variables, onLost: (error: Error) => void): Promise<ThrowAway> => {
  const settings = readThrowAwayEnv({ HOST: '127.0.0.1', ...given })
  const directory = newDirectory('exec')
  const janitor = keepClean(directory)
  const clear = async (): Promise<void> => {
    await rm(directory, { recursive: true, force: true, maxRetries: 3 })
    janitor.dismiss()
  }
  try {
    await fillFromTemplate(directory)
    for (let tried = 1; ; tried += 1) {
      const here = { ...settings, PORT: await getPort(), UNDERSTUDY_DATA_DIR: directory }
      try {
        const { credentials, close } = await start(here, onLost, { durable: false })
        const closeAndClear = async (): Promise<void> => {
          try {
            await close()
          } finally {
            await clear()
          }
        }
        return { credentials, endsWithUs: janitor.endsWithUs, close: closeAndClear }
      } catch (error) {
        // Between looking and listening somebody else took it.
        if (tried === PORTS_TRIED || !isPortTaken(error)) throw error
      }
    }
  } catch (error) {
    await clear()
    throw error
  }
}

const isPortTaken = (error: unknown): boolean =>
  error instanceof Error && (error.cause as NodeJS.ErrnoException | undefined)?.code === 'EADDRINUSE'
