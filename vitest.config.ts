import { defineConfig } from 'vitest/config'

// `source` is the condition under which our packages are their TypeScript: tests need no build of them.
const conditions = ['source', 'node', 'import', 'default']

export default defineConfig({
  resolve: { conditions },
  ssr: { resolve: { conditions, externalConditions: conditions } },
  test: {
    include: ['{apps,packages}/*/src/**/*.test.ts'],
    globalSetup: ['packages/testkit/src/setup.ts'],
    testTimeout: 30_000,
    hookTimeout: 60_000,
    pool: 'forks',
  },
})
