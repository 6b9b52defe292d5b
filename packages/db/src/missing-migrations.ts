import { readdir } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import type { Db, Statement } from './db.ts'

const MIGRATIONS = fileURLToPath(new URL('../../../prisma/migrations', import.meta.url))

const MISSING: Statement = {
  name: 'migrations.missing',
  text: `
    select name from unnest($1::text[]) as name
    where not exists (
      select from _prisma_migrations m where m.migration_name = name and m.finished_at is not null and m.rolled_back_at is null)
    order by name`,
}

/** The migrations this program needs and the database does not have; that it has others as well is no matter. */
export const missingMigrations = async ({ rows }: Pick<Db, 'rows'>): Promise<string[]> => {
  known ??= (await readdir(MIGRATIONS, { withFileTypes: true }))
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name)
  return (await rows<{ name: string }>(MISSING, [known])).map(({ name }) => name)
}

// They are what the program was built with.
let known: string[] | undefined
