import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startPostgres } from '@understudy/embedded-postgres'
import { GenericContainer, Wait } from 'testcontainers'
import { hasDockerEngine } from './docker-engine.ts'
import { env } from './env.ts'
import type { Service } from './service.ts'

/** PostgreSQL: somebody's, else in a container, else the embedded one. Its user may create databases. */
export const startDatabaseService = async (): Promise<Service> => {
  if (env.databaseUrl) return { url: env.databaseUrl, from: 'TEST_DATABASE_URL', stop: async () => {} }
  if (hasDockerEngine()) {
    const container = await new GenericContainer('postgres:17-alpine')
      .withEnvironment({ POSTGRES_PASSWORD: 'test' })
      .withExposedPorts(5432)
      // It restarts once while it sets itself up.
      .withWaitStrategy(Wait.forLogMessage(/ready to accept connections/, 2))
      .start()
    const url = `postgres://postgres:test@${container.getHost()}:${container.getMappedPort(5432)}/postgres`
    return { url, from: 'a container', stop: async () => void (await container.stop()) }
  }
  const directory = mkdtempSync(join(tmpdir(), 'understudy-postgres-'))
  // Where root runs this, PostgreSQL runs as somebody else, who has to get in.
  chmodSync(directory, 0o755)
  const postgres = await startPostgres({ directory, durable: false, maxConnections: 200 })
  const stop = async () => {
    await postgres.stop()
    rmSync(directory, { recursive: true, force: true })
  }
  return { url: postgres.url, from: 'the embedded PostgreSQL', stop }
}
