import type { Interface, InterfaceSummary } from '@understudy/contract'
import type { Prisma } from '@understudy/db'
import type { PlatformContext } from '../context.ts'
import type { StoredInterface } from './interface-definition.rules.ts'

const family = { select: { id: true, name: true, iconTag: true } } as const

/** What lists show of a version. */
export const SUMMARY = {
  select: {
    id: true,
    version: true,
    title: true,
    description: true,
    public: true,
    readmeTag: true,
    createdAt: true,
    updatedAt: true,
    family,
  },
} as const satisfies Prisma.InterfaceDefaultArgs

/** A version with the name it goes by. Its readme is large, and hardly ever wanted. */
export const VERSION = { omit: { readme: true }, include: { family } } as const satisfies Prisma.InterfaceDefaultArgs

export type InterfaceSummaryRow = Prisma.InterfaceGetPayload<typeof SUMMARY>
export type InterfaceRow = Prisma.InterfaceGetPayload<typeof VERSION>

export const toInterface = (ctx: PlatformContext, row: InterfaceRow): Interface => ({
  ...toInterfaceSummary(ctx, row),
  ...(row.definition as unknown as StoredInterface),
  attributes: row.attributes as Record<string, string>,
})

export const toInterfaceSummary = ({ publicUrl }: PlatformContext, row: InterfaceSummaryRow): InterfaceSummary => ({
  id: row.id,
  name: row.family.name,
  version: row.version,
  createdAt: row.createdAt.toISOString(),
  updatedAt: row.updatedAt.toISOString(),
  title: row.title,
  description: row.description,
  iconUrl: addressOf(publicUrl, row.family.id, 'icon', row.family.iconTag),
  readmeUrl: addressOf(publicUrl, row.id, 'readme', row.readmeTag),
  public: row.public,
})

const addressOf = (publicUrl: string, id: string, kind: 'icon' | 'readme', tag: string | null): string =>
  tag === null ? '' : `${publicUrl}/_understudy/interfaces/${id}/${kind}/${tag}`
