import { readFileSync } from 'node:fs'

/**
 * Reads the command line Prisma starts its engine with.
 * @param {string[]} argv
 * @returns {{ command: string | undefined, url: string | undefined, datamodels: [path: string, text: string][] }}
 */
export const readArguments = (argv) => {
  const valuesOf = (name) => argv.flatMap((word, at) => (word === name ? [argv[at + 1]] : []))
  const datasource = JSON.parse(valuesOf('--datasource')[0] ?? '{}')
  return {
    command: valuesOf('cli')[0],
    url: datasource.url,
    datamodels: valuesOf('--datamodels').map((file) => [file, readFileSync(file, 'utf8')]),
  }
}
