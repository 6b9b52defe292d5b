import { readdirSync, readFileSync } from 'node:fs'
import { setTimeout as pause } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import type { Db } from '@understudy/db'
import pg from 'pg'

const KEPT = fileURLToPath(new URL('../../../prisma/kept/', import.meta.url))

type Kept = {
  secretKey: string
  token: string
  workspaceId: string
  botId: string
  /** the statements of one turn of a conversation, with the values they had once */
  turn: { name: string; text: string; values: (string | null)[] }[]
}

/** The builds whose database is kept, each by the last migration it knew. */
export const KEPT_BUILDS = readdirSync(KEPT).filter((name) => /^\d+$/.test(name))

export const keptBuild = (name: string): Kept => JSON.parse(readFileSync(`${KEPT}${name}/turn.json`, 'utf8')) as Kept

/** Makes an empty database what it was under that build. */
export const restore = async (name: string, url: string): Promise<void> => {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    await client.query(readFileSync(`${KEPT}${name}/dump.sql`, 'utf8'))
  } finally {
    await client.end()
  }
}

const ID = /^(user|conv|msg|evt|state)_[0-9A-Z]{26}$/
const MOMENT = /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d/
/** What made the tags of the recorded turn its own. */
const TAG = /"(ann|room|again|m)5"/

/** The values of a turn as another one has them: its own ids, its own tags, and now. */
const valuesOf = (values: readonly (string | null)[], turn: string): (string | null)[] =>
  values.map((value) => {
    if (value === null) return null
    if (ID.test(value)) return value.slice(0, -turn.length) + turn
    return MOMENT.test(value) ? new Date().toISOString() : value.replace(TAG, `"$1${turn}"`)
  })

/**
 * Goes through turns, one after the other, until it is told to stop.
 * @returns the ids of messages that were written, and what was refused or failed
 */
export const writeTurns = async (db: Db, { turn }: Kept, writer: string, hasEnough: () => boolean) => {
  const messages: string[] = []
  const failures: string[] = []
  for (let at = 0; !hasEnough(); at++) {
    const mark = `${writer}${String(at).padStart(6, '0')}`
    for (const { name, text, values } of turn) {
      const own = valuesOf(values, mark)
      try {
        const [row] = await db.rows<{ refusal?: string | null; id?: string }>({ name, text }, own)
        if (row?.refusal) failures.push(`${name}: ${row.refusal}`)
        else if (name === 'messages.create') messages.push(String(row?.id))
      } catch (error) {
        failures.push(`${name}: ${(error as Error).message}`)
      }
    }
    // Nobody types faster.
    await pause(1)
  }
  return { messages, failures }
}
