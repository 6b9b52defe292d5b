/** Who may import whom: docs/adr/0001-three-rooms.md. */
const product = '^(apps|packages)/'
module.exports = {
  forbidden: [
    {
      name: 'contract-is-pure',
      comment: 'the contract is data: zod and nothing else',
      severity: 'error',
      from: { path: '^packages/contract/src' },
      to: { path: `${product}(?!contract)`, pathNot: '^packages/contract' },
    },
    {
      name: 'auth-is-pure',
      comment: 'who may do what is decided without rows',
      severity: 'error',
      from: { path: '^packages/auth/src', pathNot: '\\.test\\.ts$' },
      to: { path: product, pathNot: '^packages/(auth|contract)' },
    },
    {
      name: 'core-knows-no-door',
      comment: 'behaviour has no HTTP and no worker in it',
      severity: 'error',
      from: { path: '^packages/core/src', pathNot: '\\.test\\.ts$' },
      to: { path: '^apps/|node_modules/(fastify|bullmq|@fastify)/|^packages/testkit' },
    },
    {
      name: 'no-feature-internals',
      comment: 'a feature sees another feature only through its index',
      severity: 'error',
      from: { path: '^packages/core/src/([^/]+)/', pathNot: '\\.test\\.ts$' },
      to: { path: '^packages/core/src/([^/]+)/(?!index\\.ts)', pathNot: '^packages/core/src/$1/' },
    },
    {
      name: 'doors-open-no-connections',
      comment: 'in the api, only the process and the support of tests open a database or a queue',
      severity: 'error',
      from: { path: '^apps/api/src', pathNot: '^apps/api/src/(main|testing/.*)\\.ts$|\\.test\\.ts$' },
      to: { path: '^packages/(db|queue)/', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'apps-are-not-imported',
      comment: 'only the one-process shape, and tests, put apps together',
      severity: 'error',
      from: {
        path: '^(apps|packages)/([^/]+)/',
        pathNot: '^apps/standalone|\\.test\\.ts$|^packages/(testkit|acceptance)',
      },
      to: { path: '^apps/', pathNot: '^$1/$2/' },
    },
    {
      name: 'runtime-knows-no-rows',
      comment: 'how bots and integrations are called, whoever calls them and for what',
      severity: 'error',
      from: { path: '^packages/runtime/src', pathNot: '\\.test\\.ts$' },
      to: { path: product, pathNot: '^packages/(runtime|contract)' },
    },
    {
      name: 'only-runtime-calls-out',
      comment: 'what dials addresses that others name goes through its guard',
      severity: 'error',
      from: { path: product, pathNot: '^packages/(runtime|bench)' },
      to: { path: 'node_modules/(undici|ipaddr\\.js)/' },
    },
    {
      name: 'files-knows-no-rows',
      comment: 'contents by key, whatever they belong to',
      severity: 'error',
      from: { path: '^packages/files/src', pathNot: '\\.test\\.ts$' },
      to: { path: product, pathNot: '^packages/files' },
    },
    {
      name: 'only-queue-knows-bullmq',
      severity: 'error',
      from: { path: product, pathNot: '^packages/queue' },
      to: { path: 'node_modules/bullmq/' },
    },
    {
      name: 'only-queue-and-rate-limits-know-redis',
      severity: 'error',
      from: { path: product, pathNot: '^packages/(queue|rate-limits)' },
      to: { path: 'node_modules/ioredis/' },
    },
    {
      name: 'only-db-knows-prisma',
      severity: 'error',
      from: { path: product, pathNot: '^packages/db' },
      to: { path: 'node_modules/@prisma/' },
    },
    {
      name: 'no-circular',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    {
      name: 'no-orphans',
      severity: 'error',
      from: { orphan: true, pathNot: '(\\.test|\\.d)\\.ts$|/dist/|/gen/' },
      to: {},
    },
  ],
  options: {
    parser: 'swc',
    tsPreCompilationDeps: true,
    exclude: { path: '(^|/)(dist|gen)/|packages/acceptance/clients' },
    doNotFollow: { path: 'node_modules' },
    enhancedResolveOptions: {
      conditionNames: ['source', 'import', 'default'],
      exportsFields: ['exports'],
      extensions: ['.ts', '.js'],
    },
  },
}
