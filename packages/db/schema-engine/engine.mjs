import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import path from 'node:path'
import { bindMigrationAwareSqlAdapterFactory } from '@prisma/driver-adapter-utils'
import * as bindings from '@prisma/schema-engine-wasm/schema_engine_bg'
import { MigrationAdapter } from './adapter.mjs'

// The engine wants an adapter even for work without a database (generate); it connects when it has to.
const NO_DATABASE = 'postgresql://localhost/none'

/**
 * Loads the engine.
 * @param {{ url: string | undefined, datamodels: [path: string, text: string][] }} options
 */
export const openEngine = async ({ url, datamodels }) => {
  await instantiate()
  const adapter = bindMigrationAwareSqlAdapterFactory(new MigrationAdapter(url ?? NO_DATABASE))
  const models = datamodels.length > 0 ? datamodels : undefined
  return bindings.SchemaEngine.new({ datamodels: models }, () => {}, adapter)
}

/** By hand: the package's own entry imports the .wasm file, which Node does not do by default. */
const instantiate = async () => {
  const directory = path.dirname(createRequire(import.meta.url).resolve('@prisma/schema-engine-wasm/schema_engine_bg'))
  const bytes = readFileSync(path.join(directory, 'schema_engine_bg.wasm'))
  // Read by the engine when it panics.
  globalThis.PRISMA_WASM_PANIC_REGISTRY = {
    message: '',
    set_message(message) {
      this.message = message
    },
  }
  const { instance } = await WebAssembly.instantiate(bytes, { './schema_engine_bg.js': bindings })
  // oxlint-disable-next-line no-underscore-dangle -- wasm-bindgen's names
  bindings.__wbg_set_wasm(instance.exports)
  // oxlint-disable-next-line no-underscore-dangle
  instance.exports.__wbindgen_start()
}
