export { OperatorError } from './operator-error.ts'
export { type Postgres, type PostgresOptions, startPostgres } from './start-postgres.ts'
