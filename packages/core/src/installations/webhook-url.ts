import type { PlatformContext } from '../context.ts'

/** Where the outside world reaches an installation. */
export const webhookUrl = ({ publicUrl }: Pick<PlatformContext, 'publicUrl'>, webhookId: string): string =>
  `${publicUrl}/webhook/${webhookId}`
