import { readFile, writeFile } from 'node:fs/promises'

const README = new URL('../../../README.md', import.meta.url)
const PLACE = /(<!-- pnpm bench --readme -->\n)[^]*?(<!-- end -->)/

/** Puts the table where the README has a place for it. @throws when it has none */
export const writeReadme = async (table: string): Promise<void> => {
  const text = await readFile(README, 'utf8')
  if (!PLACE.test(text)) throw new Error('The README has no place for the table any more.')
  await writeFile(
    README,
    text.replace(PLACE, (_, start: string, end: string) => `${start}\n${table}\n\n${end}`),
  )
}
