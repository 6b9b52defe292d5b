import { randomUUID } from 'node:crypto'
import { PrismaPg } from '@prisma/adapter-pg'
import { Client, escapeIdentifier } from 'pg'
import { schemaOf, withDatabase } from './database-url.mjs'

// The catalogue's types "char" and name, and arrays of them, which the adapter does not know: they read as text.
const TEXT = 25
const TEXTS = 1009
const AS_TEXT = { 18: TEXT, 19: TEXT, 1002: TEXTS, 1003: TEXTS }

// Constraints that are neither keys nor references: Prisma's language has no words for them, and this engine panics over
// checks (their kind reads as text) and over NOT NULL (which PostgreSQL 18 lists among them).
const CONSTRAINT_TYPE = 'constraint_type'

/** Prisma's adapter with what the schema engine needs beyond queries. */
export class MigrationAdapter extends PrismaPg {
  #url

  /** @param {string} url */
  constructor(url) {
    super({ connectionString: url, max: 1, allowExitOnIdle: true }, { schema: schemaOf(url) })
    this.#url = url
  }

  async connect() {
    const connection = await super.connect()
    readCatalogueTypes(connection.client)
    // The adapter would split at every semicolon, inside functions too. The engine insists on an answer of nothing.
    connection.executeScript = async (script) => {
      await connection.client.query(script).catch((error) => connection.onError(error))
    }
    return connection
  }

  /** An empty database of our own: given a connection string the adapter would offer the real one. */
  async connectToShadowDb() {
    const name = `prisma_migrate_shadow_db_${randomUUID()}`
    const admin = new Client({ connectionString: this.#url })
    await admin.connect()
    await admin.query(`create database ${escapeIdentifier(name)}`)
    const connection = await new MigrationAdapter(withDatabase(this.#url, name)).connect()
    const dispose = connection.dispose.bind(connection)
    connection.dispose = async () => {
      await dispose()
      await admin.query(`drop database if exists ${escapeIdentifier(name)} with (force)`)
      await admin.end()
    }
    return connection
  }
}

const readCatalogueTypes = (client) => {
  const query = client.query.bind(client)
  client.query = async (...words) => {
    const result = await query(...words)
    for (const field of result?.fields ?? []) field.dataTypeID = AS_TEXT[field.dataTypeID] ?? field.dataTypeID
    if (result?.fields?.some(({ name }) => name === CONSTRAINT_TYPE)) result.rows = []
    return result
  }
}
