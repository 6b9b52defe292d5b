// `npm start`: the one-process server, installed and built if need be.
import { bootstrap } from './bootstrap.mjs'
import { endWithNpm } from './end-with-npm.mjs'

endWithNpm()
bootstrap()
await import('../apps/standalone/dist/main.js')
