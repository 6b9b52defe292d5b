// What a container runs: one image, one command per process, and one for the operator.
const COMMANDS = {
  api: '../apps/api/dist/main.js',
  worker: '../apps/worker/dist/main.js',
  migrate: '../apps/migrate/dist/main.js',
  'api-clients': '../apps/api-clients/dist/main.js',
}

const [name = ''] = process.argv.slice(2)
if (!Object.hasOwn(COMMANDS, name)) {
  console.error(`"${name}" is no command: use one of ${Object.keys(COMMANDS).join(', ')}.`)
  process.exit(1)
}
process.argv.splice(2, 1)
await import(COMMANDS[name])
