import { execFile } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { MIGRATIONS } from '@understudy/testkit'
import { expect, onTestFinished, test } from 'vitest'

const root = fileURLToPath(new URL('..', import.meta.url))

/** What is older was never upgraded from. */
const FIRST_RELEASE = '20261126000000'

const EACH_BY_ITSELF = '-- each statement by itself\n'

/** Which rules a migration breaks: docs/adr/0028. */
const broken = async (file: string): Promise<string[]> => {
  const isOne = !readFileSync(file, 'utf8').startsWith(EACH_BY_ITSELF)
  const options = ['--reporter', 'json', ...(isOne ? ['--assume-in-transaction'] : [])]
  const said = await promisify(execFile)(
    process.execPath,
    [`${root}node_modules/squawk-cli/js/bin/squawk`, ...options, file],
    {
      cwd: root,
    },
  ).catch((failure: { stdout: string }) => failure)
  return (JSON.parse(said.stdout) as { rule_name: string }[]).map((one) => one.rule_name)
}

test('no migration since the first release keeps a table for long, or takes away what the build before needs', async () => {
  const since = readdirSync(MIGRATIONS).filter((name) => /^\d/.test(name) && name > FIRST_RELEASE)
  const found = await Promise.all(
    since.map(async (name) => [name, await broken(join(MIGRATIONS, name, 'migration.sql'))]),
  )
  expect(found.filter(([, rules]) => (rules?.length ?? 0) > 0)).toEqual([])
})

test.each([
  ['create index letters_text on letters (text);', 'require-concurrent-index-creation'],
  ['alter table letters add column stamp int not null;', 'adding-required-field'],
  ['alter table letters alter column text type int using text::int;', 'changing-column-type'],
  ['alter table letters drop column text;', 'ban-drop-column'],
  ['alter table letters rename column text to words;', 'renaming-column'],
  ['drop table letters;', 'ban-drop-table'],
  ['alter table letters add constraint l foreign key (stamp) references stamps (id);', 'adding-foreign-key-constraint'],
  ['alter table letters add column stamp int;', 'none'],
  [`${EACH_BY_ITSELF}create index concurrently letters_text on letters (text);`, 'none'],
])('of the rules, `%s` breaks: %s', async (sql, rule) => {
  const directory = mkdtempSync(join(tmpdir(), 'understudy-migration-'))
  onTestFinished(() => rmSync(directory, { recursive: true }))
  const file = join(directory, 'migration.sql')
  writeFileSync(file, sql)
  const rules = await broken(file)
  expect(rules.length === 0 ? ['none'] : rules).toContain(rule)
})
