import { type Command, Option } from 'commander'

type Options = {
  port?: string
  host?: string
  publicUrl?: string
  dataDir?: string
  databaseUrl?: string
  redisUrl?: string
  limits?: string
  logLevel?: string
  testClock?: boolean
}

/** `understudy start`: what `npm start` does. */
export const addStart = (program: Command): void => {
  program
    .command('start')
    .description('start the one-process server; every option is also a setting of the environment')
    .option('--port <port>', 'port to listen on (PORT)')
    .option('--host <address>', 'address to listen on (HOST)')
    .option('--public-url <url>', 'where clients reach this server (PUBLIC_URL)')
    .addOption(dataDirOption())
    .option('--database-url <url>', 'a PostgreSQL of your own (DATABASE_URL)')
    .option('--redis-url <url>', 'a Redis for the queue (REDIS_URL)')
    .option('--limits <which>', 'generous or strict (UNDERSTUDY_LIMITS)')
    .option('--log-level <level>', 'fatal, error, warn, info, debug, trace or silent (LOG_LEVEL)')
    .option('--test-clock', 'let tests set the time of bots (UNDERSTUDY_TEST_CLOCK)')
    .action(async (options: Options) => {
      // The other commands need no server, and need not wait until all of it is loaded.
      const { runServer } = await import('../run-server.ts')
      await runServer({
        PORT: options.port,
        HOST: options.host,
        PUBLIC_URL: options.publicUrl,
        UNDERSTUDY_DATA_DIR: options.dataDir,
        DATABASE_URL: options.databaseUrl,
        REDIS_URL: options.redisUrl,
        UNDERSTUDY_LIMITS: options.limits,
        LOG_LEVEL: options.logLevel,
        UNDERSTUDY_TEST_CLOCK: options.testClock ? 'on' : undefined,
      })
    })
}

/** Which server is meant, where it lives on this machine. */
export const dataDirOption = (): Option =>
  new Option('--data-dir <directory>', 'where the server keeps its database and keys (UNDERSTUDY_DATA_DIR)')
