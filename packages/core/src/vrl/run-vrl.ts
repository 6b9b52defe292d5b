import type { PlatformContext } from '../context.ts'
import { invalidPayload } from '../errors.ts'
import { execute } from './engine.ts'

type Data = Record<string, unknown>

/** Runs a script over data. @returns what it answered, and what it made of the data. @throws InvalidPayload saying what is wrong with it */
export const runVrl = async (
  _ctx: PlatformContext,
  { script, data }: { script: string; data: Data },
): Promise<{ data: Data; result: unknown }> => {
  const outcome = await execute(script, data)
  if ('failure' in outcome) throw invalidPayload('script', outcome.failure)
  const { event, result } = outcome
  return { data: typeof event === 'object' && event !== null ? (event as Data) : { event }, result }
}
