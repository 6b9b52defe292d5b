import { Prisma } from '@understudy/db'
import { unlessOwnerGone } from '../constraints.ts'
import type { CallerContext, WorkspaceContext } from '../context.ts'

const stored = (value: unknown) => (value === null ? Prisma.JsonNull : (value as Prisma.InputJsonValue))

/** Rows of `account_preferences`. */
export const accountPreferenceRepository = {
  find: ({ db }: CallerContext, accountId: string, key: string) =>
    db.prisma.accountPreference.findUnique({ where: { accountId_key: { accountId, key } } }),
  /** @returns undefined when the account has just been deleted */
  set: ({ db }: CallerContext, id: { accountId: string; key: string }, value: unknown): Promise<object | undefined> =>
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
  /** @returns undefined when the workspace has just been deleted */
  set: ({ db, workspaceId }: WorkspaceContext, key: string, value: unknown): Promise<object | undefined> =>
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
