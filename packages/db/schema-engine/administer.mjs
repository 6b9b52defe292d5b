import { Client, escapeIdentifier } from 'pg'
import { withDatabase } from './database-url.mjs'

const MAINTENANCE = 'postgres'
const PRISMA_CODES = { '3D000': 'P1003', '28P01': 'P1000', ECONNREFUSED: 'P1001', ENOTFOUND: 'P1001' }
const DENIED = 'P1010'

/**
 * Runs what the engine offers as `cli <command>`: looking at, making and dropping the database itself.
 * @param {string} command
 * @param {string | undefined} url of the database in question
 * @returns {Promise<number>} the exit code; why it failed is on stderr, in the form Prisma reads
 */
export const administer = async (command, url) => {
  // Prisma skips the first line, whatever it says.
  report('INFO', `Starting schema engine: ${command}`)
  try {
    if (!url) throw new Error('no datasource url was given')
    await run(command, url)
    return 0
  } catch (error) {
    report('ERROR', error.message, { error_code: PRISMA_CODES[error.code] ?? DENIED })
    return 1
  }
}

const run = async (command, url) => {
  const name = escapeIdentifier(decodeURIComponent(new URL(url).pathname.slice(1)))
  switch (command) {
    case 'can-connect-to-database':
      await query(url, 'select 1')
      return report('INFO', 'Connection successful')
    case 'create-database':
      return query(withDatabase(url, MAINTENANCE), `create database ${name}`)
    case 'drop-database':
      return query(withDatabase(url, MAINTENANCE), `drop database if exists ${name}`)
    default:
      throw new Error(`unknown command: ${command}`)
  }
}

const query = async (url, text) => {
  const client = new Client({ connectionString: url })
  await client.connect()
  try {
    await client.query(text)
  } finally {
    await client.end()
  }
}

// Prisma believes only lines with the native engine's target.
const report = (level, message, fields = {}) =>
  process.stderr.write(
    `${JSON.stringify({ level, fields: { message, ...fields }, target: 'schema_engine::logger' })}\n`,
  )
