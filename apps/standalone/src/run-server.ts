import { runProcess } from '@understudy/core'
import { readEnv, type Variables } from './env.ts'
import { start } from './start.ts'

/** The one-process server, until it is told to stop. @param given settings that win over the environment */
export const runServer = (given: Variables): Promise<void> =>
  runProcess(async (giveUp) => {
    const running = await start(readEnv(given), giveUp)
    console.log(running.banner)
    return running
  })
