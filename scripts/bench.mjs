// `pnpm bench`: how fast the server is, beside pgbench and a server of one purpose.
import { bootstrap } from './bootstrap.mjs'

bootstrap()
await import('../packages/bench/dist/main.js')
