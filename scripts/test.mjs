// `npm test [-- arguments of vitest]`: everything, ending with the plain line `N passed, N failed`.
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { bootstrap, giveUp, installCli, installClients, root } from './bootstrap.mjs'

bootstrap()
installClients()
// Large, and the journey with it takes minutes: for who changes what it stands on.
if (process.env.ACCEPTANCE_CLI === 'on') installCli()

const directory = mkdtempSync(join(tmpdir(), 'understudy-test-'))
const report = join(directory, 'report.json')
const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`]
const vitest = join(root, 'node_modules/vitest/vitest.mjs')
const { status } = spawnSync(process.execPath, [vitest, 'run', ...reporters, ...process.argv.slice(2)], {
  cwd: root,
  stdio: 'inherit',
})
const counted = readReport()
rmSync(directory, { recursive: true, force: true })
if (!counted) giveUp('The test run ended before it could count its tests.')

const { numPassedTests, numFailedTests, numPendingTests, numTodoTests, testResults } = counted
// A file that breaks outside its tests counts as a failure of its own.
const broken = testResults.filter(
  (file) => file.status === 'failed' && !file.assertionResults.some((one) => one.status === 'failed'),
).length
const failed = numFailedTests + broken
const skipped = numPendingTests + numTodoTests
console.log(`${numPassedTests} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`)
process.exit(status === 0 && failed === 0 && numPassedTests > 0 ? 0 : 1)

function readReport() {
  try {
    return JSON.parse(readFileSync(report, 'utf8'))
  } catch {
    return undefined
  }
}
