import type { BotContext } from '../context.ts'
import { analyticsCountRepository } from './analytics-count.repository.ts'

/** Counts something under a name, on the day it is (UTC), whoever of the bot and its integrations says so. */
export const trackAnalytics = (ctx: BotContext, { name, count }: { name: string; count: number }): Promise<void> =>
  analyticsCountRepository.add(ctx, name, count)
