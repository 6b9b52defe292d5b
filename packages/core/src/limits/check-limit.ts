import type { PlatformContext } from '../context.ts'
import { limitExceeded } from '../errors.ts'
import type { Limits } from './limits.ts'

/** @throws LimitExceeded (413) with `{ limit, max, actual }` */
export const checkLimit = ({ limits }: PlatformContext, limit: keyof Limits, actual: number): void => {
  if (actual > limits[limit]) throw limitExceeded(limit, limits[limit], actual)
}

/** Size of a value as it travels: UTF-8 bytes of its JSON. */
export const jsonBytes = (value: unknown): number => Buffer.byteLength(JSON.stringify(value) ?? '')
