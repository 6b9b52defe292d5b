import { existsSync, readdirSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'

/** Our packages are their TypeScript sources here: a test needs no build of them. */
const sources = ['apps', 'packages'].flatMap((folder) =>
  readdirSync(new URL(folder, import.meta.url)).flatMap((name) => {
    const index = fileURLToPath(new URL(`${folder}/${name}/src/index.ts`, import.meta.url))
    return existsSync(index) ? [{ find: new RegExp(`^@understudy/${name}$`), replacement: index }] : []
  }),
)

export default defineConfig({
  resolve: { alias: sources },
  test: {
    include: ['{apps,packages}/*/src/**/*.test.ts', 'prisma/*.test.ts'],
    globalSetup: ['packages/testkit/src/setup.ts'],
    setupFiles: ['packages/testkit/src/every-file.ts'],
    testTimeout: 60_000,
    hookTimeout: 120_000,
    // A condition is waited for as long as a slow machine may take: only a failure pays for it.
    expect: { poll: { timeout: 15_000 } },
    pool: 'forks',
    // Files share the modules of the process they run in: to load them anew for each took half of the whole run.
    isolate: false,
    unstubEnvs: true,
    // Most tests wait for servers more than they work: on two cores, one at a time would leave the other idle.
    maxWorkers: Math.max(2, availableParallelism() - 1),
  },
})
