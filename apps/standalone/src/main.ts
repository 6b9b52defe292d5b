import { runProcess } from '@understudy/core'
import { readEnv } from './env.ts'
import { start } from './start.ts'

await runProcess(async (giveUp) => {
  const running = await start(readEnv(), giveUp)
  console.log(running.banner)
  return running
})
