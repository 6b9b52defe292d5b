#!/usr/bin/env node
// The command line, installed and built if need be: `npm run understudy -- …`, or from anywhere `node …/scripts/understudy.mjs …`.
import { bootstrap } from './bootstrap.mjs'
import { endWithNpm } from './end-with-npm.mjs'

endWithNpm()
bootstrap()
// npm goes to the clone first; whoever called it elsewhere, with --prefix, means the directory they are in.
const { npm_lifecycle_event: script, INIT_CWD: calledIn } = process.env
if (script === 'understudy' && calledIn) process.chdir(calledIn)
await import('../apps/standalone/dist/understudy.js')
