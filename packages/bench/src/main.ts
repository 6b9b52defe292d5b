import { writeFile } from 'node:fs/promises'
import { runProcess } from '@understudy/core'
import { runBench } from './bench.ts'
import { type Closing, closing } from './closing.ts'
import { type Options, readOptions, USAGE } from './options.ts'
import { writeReadme } from './readme.ts'
import { toMarkdown } from './table.ts'

const measure = async (options: Options, opened: Closing): Promise<void> => {
  const report = await runBench(options, opened, (line) => console.error(line))
  const markdown = toMarkdown(report)
  console.log(markdown)
  if (options.json) await writeFile(options.json, `${JSON.stringify(report, null, 2)}\n`)
  if (options.readme) await writeReadme(markdown)
}

await runProcess(async (giveUp) => {
  const options = readOptions(process.argv.slice(2))
  const opened = closing()
  if (options.help) console.log(USAGE)
  else void measure(options, opened).then(opened.close, (error: unknown) => opened.close().then(() => giveUp(error)))
  return opened
})
