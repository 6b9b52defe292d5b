import type { ClockReading } from '@understudy/contract'
import type { PlatformContext } from '../context.ts'
import { readingOf, testClockOf } from './clock-of.ts'

/** What time it is for bots. @throws MethodNotFound without a test clock */
export const getClock = async (ctx: PlatformContext): Promise<ClockReading> => readingOf(testClockOf(ctx))
