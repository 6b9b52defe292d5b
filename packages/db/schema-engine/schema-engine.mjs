#!/usr/bin/env node
// Stands in for Prisma's native schema engine, which would be downloaded (docs/adr/0008): the same arguments and the
// same JSON-RPC over stdio, served by the WebAssembly build of the same engine. Prisma starts it as it would the original.
import { administer } from './administer.mjs'
import { readArguments } from './arguments.mjs'
import { openEngine } from './engine.mjs'
import { serve } from './serve.mjs'

const { command, url, datamodels } = readArguments(process.argv.slice(2))

if (command) process.exitCode = await administer(command, url)
else {
  const engine = await openEngine({ url, datamodels })
  await serve(engine, process.stdin, process.stdout)
  // The engine keeps connections; Prisma is done with us when it closes our input.
  process.exit(0)
}
