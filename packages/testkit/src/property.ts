import { env } from './env.ts'

/**
 * How often, and from which seed, a property is tried: `PROPERTY_RUNS` multiplies the first, `PROPERTY_SEED` is the second.
 * A failure prints its seed.
 */
export const property = (runs: number): { numRuns: number; seed: number } => ({
  numRuns: runs * env.propertyRuns,
  seed: env.propertySeed,
})
