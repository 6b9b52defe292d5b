import { z } from 'zod'
import type { TakenJob } from './backend.ts'
import type { Jobs, Processors } from './job.ts'

/**
 * Runs the processor of a job that was taken.
 * @param unknown told about a job no processor is for, e.g. one of a newer release
 * @returns a function that throws what the processor throws, and ZodError for a payload that is not what it should be
 */
export const runJobOf =
  <J extends Jobs, Ctx>(jobs: J, processors: Processors<J, Ctx>, ctx: Ctx, unknown: (name: string) => void) =>
  async ({ name, data }: TakenJob): Promise<void> => {
    if (!isOneOf(jobs, name)) return unknown(name)
    await run(jobs, processors, ctx, name, data)
  }

const isOneOf = <J extends Jobs>(jobs: J, name: string): name is keyof J & string => Object.hasOwn(jobs, name)

const run = <J extends Jobs, Ctx, Name extends keyof J & string>(
  jobs: J,
  processors: Processors<J, Ctx>,
  ctx: Ctx,
  name: Name,
  data: unknown,
): Promise<void> => {
  const job: J[Name] = jobs[name]
  const processor: Processors<J, Ctx>[Name] = processors[name]
  return processor(z.parse<J[Name]['payload']>(job.payload, data), ctx)
}
