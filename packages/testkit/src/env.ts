/** Services somebody already runs for the tests, where programs are, and whether this is CI, where no test may be left out. */
export const env = {
  databaseUrl: process.env['TEST_DATABASE_URL'],
  redisUrl: process.env['TEST_REDIS_URL'],
  isCi: Boolean(process.env['CI']),
  path: process.env['PATH'] ?? '',
}
