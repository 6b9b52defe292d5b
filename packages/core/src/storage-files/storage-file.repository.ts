import type { Statement } from '@understudy/db'
import type { PlatformContext, WorkspaceContext } from '../context.ts'
import { isUuid } from '../ids.ts'
import type { StorageFileRow } from './storage-file.mapper.ts'

/** A file that is about to be stored. */
export type StorageFileDraft = {
  id: string
  botId: string
  name: string
  accessType: string
  contentType: string
  sizeBytes: number
}

/**
 * The bots `b` a caller reaches, by the first four values: those of an account's workspace; a bot itself; those that have an
 * integration installed, or the one its token is for.
 */
const WITHIN = `
  ($1::uuid is null or b.workspace_id = $1) and ($2::uuid is null or b.id = $2)
  and ($3::uuid is null or exists (
    select from installations i
    where i.bot_id = b.id and i.family_id = $3 and i.removed_at is null and ($4::uuid is null or i.id = $4)))`

/** What an integration did not make does not exist to it. */
const OWN = '($3::uuid is null or f.family_id = $3)'

const FIND_BOT: Statement = {
  name: 'storage-files.find-bot',
  text: `
    select b.blocked or w.blocked as blocked
    from bots b join workspaces w on w.id = b.workspace_id
    where ${WITHIN} and b.id = $5`,
}

// The bot is held, so that none is deleted while it gets a file.
const CREATE: Statement = {
  name: 'storage-files.create',
  text: `
    with bot as materialized (select b.id from bots b where ${WITHIN} and b.id = $5 for key share)
    insert into storage_files (bot_id, id, family_id, name, access_type, content_type, size_bytes, created_at)
    select bot.id, $6, $3, $7, $8, $9, $10, $11 from bot
    returning *`,
}

const FIND: Statement = {
  name: 'storage-files.find',
  text: `
    select f.*, b.blocked or w.blocked as blocked
    from storage_files f join bots b on b.id = f.bot_id join workspaces w on w.id = b.workspace_id
    where f.id = $5 and ${OWN} and ${WITHIN}`,
}

const FIND_PUBLIC: Statement = {
  name: 'storage-files.find-public',
  text: `
    select f.*
    from storage_files f join bots b on b.id = f.bot_id join workspaces w on w.id = b.workspace_id
    where f.id = $1 and f.access_type = 'public' and not b.blocked and not w.blocked`,
}

const DELETE: Statement = {
  name: 'storage-files.delete',
  text: 'delete from storage_files where bot_id = $1 and id = $2',
}

const KNOWN: Statement = {
  name: 'storage-files.known',
  text: 'select id from storage_files where id = any($1)',
}

/** The values of WITHIN. */
const reachOf = ({ caller, workspaceId }: WorkspaceContext): (string | null)[] => {
  switch (caller.kind) {
    case 'account':
      return [workspaceId, null, null, null]
    case 'bot':
    case 'emulator':
      return [workspaceId, caller.botId, null, null]
    case 'integration':
      // Its own workspace need not be that of the bots that have it.
      return [null, caller.installation?.botId ?? null, caller.familyId, caller.installation?.id ?? null]
  }
}

/** Rows of `storage_files`, nothing else. */
export const storageFileRepository = {
  /** undefined: no bot within reach has this id */
  findBot: async (ctx: WorkspaceContext, botId: string): Promise<{ blocked: boolean } | undefined> =>
    isUuid(botId) ? ctx.db.row<{ blocked: boolean }>(FIND_BOT, [...reachOf(ctx), botId]) : undefined,
  /** undefined: the bot is gone, or out of reach */
  create: (ctx: WorkspaceContext, draft: StorageFileDraft): Promise<StorageFileRow | undefined> => {
    const { id, botId, name, accessType, contentType, sizeBytes } = draft
    const values = [botId, id, name, accessType, contentType, sizeBytes, ctx.clock.now()]
    return ctx.db.row<StorageFileRow>(CREATE, [...reachOf(ctx), ...values])
  },
  find: (ctx: WorkspaceContext, id: string): Promise<(StorageFileRow & { blocked: boolean }) | undefined> =>
    ctx.db.row(FIND, [...reachOf(ctx), id]),
  findPublic: ({ db }: PlatformContext, id: string): Promise<StorageFileRow | undefined> => db.row(FIND_PUBLIC, [id]),
  delete: ({ db }: PlatformContext, { bot_id, id }: StorageFileRow) => db.rows(DELETE, [bot_id, id]),
  /** Which of these ids have a row. */
  known: async ({ db }: PlatformContext, ids: readonly string[]): Promise<Set<string>> =>
    new Set((await db.rows<{ id: string }>(KNOWN, [ids])).map(({ id }) => id)),
}
