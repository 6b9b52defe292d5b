/** A PostgreSQL to measure on, whose user may create databases; without it the embedded one is started. */
export const env = {
  databaseUrl: process.env['BENCH_DATABASE_URL'],
  path: process.env['PATH'],
}
