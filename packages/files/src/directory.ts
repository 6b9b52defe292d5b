import { randomUUID } from 'node:crypto'
import { constants } from 'node:fs'
import { access, mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { FileStore } from './file-store.ts'
import { unavailable } from './files-unavailable.ts'
import { partsOf } from './key.rules.ts'

/** No key leads here: areas do not begin with a dot. */
const DRAFTS = '.drafts'

/** Contents as files of a directory, which several processes and machines may share. */
export const openDirectory = async (root: string): Promise<FileStore> => {
  const drafts = join(root, DRAFTS)
  await mkdir(drafts, { recursive: true }).catch(unavailable)
  await access(drafts, constants.W_OK).catch(unavailable)
  return {
    write: (key, contents) => writeWhole(root, drafts, placeOf(root, key), contents).catch(unavailable),
    has: async (key) => (await stat(placeOf(root, key)).catch(none)) !== undefined,
    read: async (key, range) => {
      const handle = await open(placeOf(root, key)).catch(none)
      return handle?.createReadStream(range)
    },
    remove: (key) => rm(placeOf(root, key), { force: true }).catch(unavailable),
    list: (area) => filesIn(root, area),
    clearDrafts: async (before) => {
      for (const name of await readdir(drafts).catch(unavailable)) {
        const draft = join(drafts, name)
        const found = await stat(draft).catch(none)
        if (found && found.mtime < before) await rm(draft, { force: true }).catch(unavailable)
      }
    },
  }
}

/** Not all in one folder: ids begin alike, so their ends spread them. @throws for what is no key */
const placeOf = (root: string, key: string): string => {
  const { area, name } = partsOf(key)
  return join(root, area, name.slice(-2), name)
}

/** Under another name first: whoever looks sees all of it or nothing, whenever this process ends. */
const writeWhole = async (root: string, drafts: string, place: string, contents: Uint8Array): Promise<void> => {
  const draft = join(drafts, randomUUID())
  try {
    const handle = await open(draft, 'wx', 0o600)
    try {
      await handle.writeFile(contents)
      await handle.sync()
    } finally {
      await handle.close()
    }
    const isNew = await mkdir(dirname(place), { recursive: true })
    await rename(draft, place)
    await sync(dirname(place))
    if (isNew) for (const above of [dirname(dirname(place)), root]) await sync(above)
  } catch (error) {
    await rm(draft, { force: true }).catch(() => {})
    throw error
  }
}

/** A name outlives a power cut once its folder has been written. */
const sync = async (folder: string): Promise<void> => {
  const handle = await open(folder)
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}

async function* filesIn(root: string, area: string) {
  const folder = join(root, area)
  for (const part of (await readdir(folder).catch(none)) ?? [])
    for (const name of (await readdir(join(folder, part)).catch(none)) ?? []) {
      const found = await stat(join(folder, part, name)).catch(none)
      if (found) yield { key: `${area}/${name}`, writtenAt: found.mtime }
    }
}

/** Nothing there is no failure. @throws FilesUnavailable for everything else */
const none = (error: NodeJS.ErrnoException): undefined => (error.code === 'ENOENT' ? undefined : unavailable(error))
