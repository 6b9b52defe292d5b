import type { Prisma, Statement } from '@understudy/db'
import { unlessOwnerGone } from '../constraints.ts'
import type { PlatformContext } from '../context.ts'
import { newId, newToken } from '../ids.ts'
import { beyond, NEWEST_FIRST, type Position } from '../pages/index.ts'
import { API_CLIENT, type ApiClientRow } from './api-client.mapper.ts'

/** For whom an API client stands: exactly one of the three. */
export type ApiClientOwner = { accountId: string } | { botId: string } | { installationId: string }

const FIND_SECRET_HASH: Statement = {
  name: 'api-clients.find-secret-hash',
  text: `
    select c.secret_hash from api_clients c left join installations i on i.id = c.installation_id
    where c.id = $1 and i.removed_at is null`,
}

/** Rows of `api_clients`: the secret is stored as a keyed hash. */
export const apiClientRepository = {
  find: ({ db }: PlatformContext, id: string): Promise<ApiClientRow | null> =>
    db.prisma.apiClient.findUnique({ where: { id }, ...API_CLIENT }),
  /** Undefined for a client nobody issued, or whose installation is removed. */
  findSecretHash: async ({ db }: PlatformContext, id: string): Promise<Uint8Array | undefined> =>
    (await db.row<{ secret_hash: Uint8Array }>(FIND_SECRET_HASH, [id]))?.secret_hash,
  /** Newest first, after a position. */
  page: (
    { db }: PlatformContext,
    owner: Prisma.ApiClientWhereInput,
    after: Position | undefined,
    take: number,
  ): Promise<ApiClientRow[]> =>
    db.prisma.apiClient.findMany({
      where: { AND: [owner, beyond(after)] },
      orderBy: NEWEST_FIRST,
      take,
      ...API_CLIENT,
    }),
  /** @returns undefined when the owner has just been deleted */
  issue: async (
    { db, clock, secrets }: PlatformContext,
    owner: ApiClientOwner,
    note: string,
  ): Promise<{ row: ApiClientRow; secret: string } | undefined> => {
    const secret = newToken('secret')
    const [secretHash] = secrets.hashesOf(secret) as [Buffer<ArrayBuffer>]
    const data = { id: newId('client'), secretHash, note, createdAt: clock.now(), ...owner }
    const row = await unlessOwnerGone(db.prisma.apiClient.create({ data, ...API_CLIENT }))
    return row && { row, secret }
  },
  /** @returns whether it was there */
  revoke: async ({ db }: PlatformContext, id: string): Promise<boolean> =>
    (await db.prisma.apiClient.deleteMany({ where: { id } })).count > 0,
}
