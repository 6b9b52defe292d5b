import type { z } from 'zod'

/** What a kind of job carries: ids, never entities, because a job may outlive what it was made from. */
type JobDefinition = { payload: z.ZodType }

/** Kinds of jobs by name, e.g. `states.expire`. */
export type Jobs = Readonly<Record<string, JobDefinition>>

/** Declares kinds of jobs; what works on them lives in the worker. */
export const defineJobs = <const J extends Jobs>(jobs: J): J => jobs

/** Hands a job to some worker. */
export type Enqueue<J extends Jobs> = <Name extends keyof J & string>(
  name: Name,
  payload: z.input<J[Name]['payload']>,
) => Promise<void>

/** Exactly one function per kind of job; each may run twice, and beside itself. */
export type Processors<J extends Jobs, Ctx> = {
  readonly [Name in keyof J]: (payload: z.output<J[Name]['payload']>, ctx: Ctx) => Promise<void>
}
