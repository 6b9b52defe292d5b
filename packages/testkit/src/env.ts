/**
 * Services somebody already runs for the tests, where programs are, whether this is CI, where no test may be left out,
 * and how long and from which seed tests that make up their input go on.
 */
export const env = {
  databaseUrl: process.env['TEST_DATABASE_URL'],
  redisUrl: process.env['TEST_REDIS_URL'],
  isCi: Boolean(process.env['CI']),
  path: process.env['PATH'] ?? '',
  propertyRuns: Number(process.env['PROPERTY_RUNS'] ?? 1),
  propertySeed: Number(process.env['PROPERTY_SEED'] ?? 1),
}
