import { Prisma } from '@understudy/db'
import type { CallerContext, WorkspaceContext } from '../context.ts'
import { isOwnerGone } from '../tokens/index.ts'

const stored = (value: unknown) => (value === null ? Prisma.JsonNull : (value as Prisma.InputJsonValue))

/** @returns false when the owner has just been deleted */
const unlessOwnerGone = (writing: Promise<unknown>): Promise<boolean> =>
  writing.then(
    () => true,
    (error: unknown) => {
      if (isOwnerGone(error)) return false
      throw error
    },
  )

/** Rows of `account_preferences`. */
export const accountPreferenceRepository = {
  find: ({ db }: CallerContext, accountId: string, key: string) =>
    db.prisma.accountPreference.findUnique({ where: { accountId_key: { accountId, key } } }),
  set: ({ db }: CallerContext, id: { accountId: string; key: string }, value: unknown): Promise<boolean> =>
    unlessOwnerGone(
      db.prisma.accountPreference.upsert({
        where: { accountId_key: id },
        create: { ...id, value: stored(value) },
        update: { value: stored(value) },
      }),
    ),
  unset: ({ db }: CallerContext, id: { accountId: string; key: string }) =>
    db.prisma.accountPreference.deleteMany({ where: id }),
}

/** Rows of `workspace_preferences`. */
export const workspacePreferenceRepository = {
  find: ({ db, workspaceId }: WorkspaceContext, key: string) =>
    db.prisma.workspacePreference.findUnique({ where: { workspaceId_key: { workspaceId, key } } }),
  set: ({ db, workspaceId }: WorkspaceContext, key: string, value: unknown): Promise<boolean> =>
    unlessOwnerGone(
      db.prisma.workspacePreference.upsert({
        where: { workspaceId_key: { workspaceId, key } },
        create: { workspaceId, key, value: stored(value) },
        update: { value: stored(value) },
      }),
    ),
  unset: ({ db, workspaceId }: WorkspaceContext, key: string) =>
    db.prisma.workspacePreference.deleteMany({ where: { workspaceId, key } }),
}
