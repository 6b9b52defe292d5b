import { z } from 'zod'
import { PageQuery } from '../common/page.ts'
import { SortDirection } from '../common/timestamps.ts'
import { VerificationStatus } from '../definitions/index.ts'

/** Which integrations a list holds, and in which order. */
export const IntegrationListQuery = PageQuery.extend({
  limit: PageQuery.shape.pageSize.unwrap().optional().describe('The older name of `pageSize`; wins if given.'),
  name: z.string().optional(),
  version: z.string().optional().describe('`latest`, a version or a range: of each name the best that matches.'),
  interfaceId: z.string().optional(),
  interfaceName: z.string().optional(),
  installedByBotId: z.string().optional(),
  verificationStatus: VerificationStatus.optional(),
  search: z
    .string()
    .optional()
    .describe('Part of a name, a title, a description or the name of an action or interface.'),
  sortBy: z.enum(['popularity', 'name', 'createdAt', 'updatedAt', 'installCount']).optional(),
  direction: SortDirection.optional(),
})
export type IntegrationListQuery = z.output<typeof IntegrationListQuery>
