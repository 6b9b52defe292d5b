// Known holes in what the program consists of once it runs. One that is severe fails; a registry that cannot be asked does not.
import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'

const SEVERE = ['high', 'critical']
const options = {
  cwd: fileURLToPath(new URL('..', import.meta.url)),
  env: { ...process.env, npm_config_fetch_retries: '0', npm_config_fetch_timeout: '20000' },
  timeout: 60_000,
  maxBuffer: 64 * 1024 * 1024,
}

execFile('pnpm', ['audit', '--prod', '--json'], options, (_error, stdout) => {
  const advisories = advisoriesIn(stdout)
  if (!advisories) {
    console.warn('WARNING: dependencies were not audited: the registry could not be asked.')
    return
  }
  const severe = advisories.filter(({ severity }) => SEVERE.includes(severity))
  for (const { severity, module_name: name, title, url } of severe)
    console.error(`${severity}: ${name}: ${title} (${url})`)
  console.log(`Dependencies audited: ${advisories.length} advisories, ${severe.length} of them severe.`)
  if (severe.length > 0) process.exitCode = 1
})

/** Undefined where this is no answer of a registry. */
const advisoriesIn = (text) => {
  try {
    const { advisories } = JSON.parse(text)
    return advisories && Object.values(advisories)
  } catch {
    return undefined
  }
}
