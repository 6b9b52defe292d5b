import { chmod, mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { OperatorError } from '@understudy/core'

/** Reads a file of the data directory; undefined when there is none. @throws OperatorError when it may not be read */
export const findFile = (directory: string, name: string): Promise<string | undefined> =>
  readFile(join(directory, name), 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'ENOENT') throw unusable(directory, error)
    return undefined
  })

/** Writes a file of the data directory, readable by its owner alone. @returns its path @throws OperatorError */
export const writeOwnFile = async (directory: string, name: string, text: string): Promise<string> => {
  const file = join(directory, name)
  try {
    await mkdir(directory, { recursive: true })
    await writeFile(file, text, { mode: 0o600 })
    // An older file keeps the mode it was made with.
    await chmod(file, 0o600)
  } catch (error) {
    throw unusable(directory, error as Error)
  }
  return file
}

const unusable = (directory: string, { message }: Error): OperatorError =>
  new OperatorError(
    `The data directory ${directory} cannot be used (${message}): start as the user who made it, or set UNDERSTUDY_DATA_DIR to another one.`,
  )
