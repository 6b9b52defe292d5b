import path from 'node:path'
import { defineConfig } from 'prisma/config'

// The native engine would be downloaded; ours is beside the code (docs/adr/0008-prisma-without-its-engine.md).
process.env['PRISMA_SCHEMA_ENGINE_BINARY'] ??= path.join(
  import.meta.dirname,
  'packages/db/schema-engine/schema-engine.mjs',
)
process.env['CHECKPOINT_DISABLE'] ??= '1'

const url = process.env['DATABASE_URL']

export default defineConfig({
  schema: 'prisma',
  migrations: { path: 'prisma/migrations' },
  // Without a url `generate` works; what needs a database says so.
  ...(url ? { datasource: { url } } : {}),
})
