import type { Readable } from 'node:stream'

/** The first and the last byte of a part, counted from 0; both belong to it. */
export type ByteRange = { start: number; end: number }

/** What lies under a key, and since when by the clock of whoever keeps it. */
export type StoredFile = { key: string; writtenAt: Date }

/**
 * Contents by key. A key is `<area>/<name>`, each of letters, digits, `_` and `-`: an area belongs to one kind of object.
 * Which contents are wanted is a matter of rows; what has none is swept by whoever owns the area.
 * Everything throws FilesUnavailable while the place cannot be reached, or is full.
 */
export type FileStore = {
  /** Keeps contents whole or not at all, and through a power cut once it has returned. Takes the place of what was there. */
  write(key: string, contents: Uint8Array): Promise<void>
  /** Whether there are contents. */
  has(key: string): Promise<boolean>
  /** The contents or a part of them, to be read or destroyed; undefined when there are none. */
  read(key: string, range?: ByteRange): Promise<Readable | undefined>
  /** Removes contents; none are as good as removed. */
  remove(key: string): Promise<void>
  /** Everything in an area, in no order. */
  list(area: string): AsyncIterable<StoredFile>
  /** Removes what writes left behind that were cut off before this moment. */
  clearDrafts(before: Date): Promise<void>
}
