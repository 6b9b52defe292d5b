export { findPostgres, hasCluster } from './find-postgres.ts'
export { OperatorError } from './operator-error.ts'
export { type Postgres, type PostgresOptions, startPostgres } from './start-postgres.ts'
