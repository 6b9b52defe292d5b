import type { ApiClient } from '@understudy/contract'
import type { Prisma } from '@understudy/db'

/** An API client with the place of the installation it may stand for. */
export const API_CLIENT = {
  include: { installation: { select: { botId: true, alias: true } } },
} as const satisfies Prisma.ApiClientDefaultArgs

export type ApiClientRow = Prisma.ApiClientGetPayload<typeof API_CLIENT>

export const toApiClient = (row: ApiClientRow): ApiClient => ({
  id: row.id,
  createdAt: row.createdAt.toISOString(),
  note: row.note,
  standsFor: standsFor(row),
})

const standsFor = ({ id, accountId, botId, installation }: ApiClientRow): ApiClient['standsFor'] => {
  if (accountId !== null) return { kind: 'account', accountId }
  if (botId !== null) return { kind: 'bot', botId }
  if (installation) return { kind: 'installation', botId: installation.botId, integrationAlias: installation.alias }
  throw new Error(`The API client ${id} stands for nobody.`)
}
