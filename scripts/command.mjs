// What a container runs: one image, one command per process.
const COMMANDS = {
  api: '../apps/api/dist/main.js',
  worker: '../apps/worker/dist/main.js',
  migrate: '../apps/migrate/dist/main.js',
}

const [name = ''] = process.argv.slice(2)
if (!Object.hasOwn(COMMANDS, name)) {
  console.error(`"${name}" is no command: use one of ${Object.keys(COMMANDS).join(', ')}.`)
  process.exit(1)
}
await import(COMMANDS[name])
