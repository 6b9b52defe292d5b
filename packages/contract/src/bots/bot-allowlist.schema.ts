import { z } from 'zod'

/** Which members below administrator have the bot: all of them, or the selected ones. */
export const AllowlistSetting = z.enum(['ALL_WORKSPACE_USERS', 'SELECTED_USERS'])

export const BotAllowlist = z.object({
  setting: AllowlistSetting,
  users: z.array(z.object({ id: z.string() })).describe('The selected ones, whether or not that matters now.'),
})
export type BotAllowlist = z.infer<typeof BotAllowlist>

/** What is absent stays as it is. */
export const BotAllowlistChanges = z.object({
  setting: AllowlistSetting.optional(),
  users: z.record(z.string(), z.boolean()).optional().describe('By the id of the account: select it, or no longer.'),
})
export type BotAllowlistChanges = z.infer<typeof BotAllowlistChanges>
