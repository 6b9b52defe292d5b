import { serverAt } from '@understudy/api-clients'
import { personalAccessTokensOperations } from '@understudy/contract'
import type { Command } from 'commander'
import { credentialLines, dataDirectoryOf, findPlace } from '../place.ts'
import { dataDirOption } from './start.ts'

const { createPersonalAccessToken, deletePersonalAccessToken, listPersonalAccessTokens } =
  personalAccessTokensOperations

type Options = { dataDir?: string; note: string }

/** `understudy keys`: what lets programs in. */
export const addKeys = (program: Command): void => {
  const keys = program.command('keys').description('print, make and revoke what lets programs in')
  keys
    .command('print', { isDefault: true })
    .description('print the lines for a shell, also of a server that is not running')
    .addOption(dataDirOption())
    .action(async ({ dataDir }: Options) => {
      for (const line of await credentialLines(dataDirectoryOf(dataDir))) console.log(line)
    })
  keys
    .command('new')
    .description('make a personal access token on a running server')
    .option('--note <text>', 'what it is for', '')
    .addOption(dataDirOption())
    .action(async ({ dataDir, note }: Options) => {
      const server = serverAt(await findPlace(dataDir))
      const { pat } = createPersonalAccessToken.response.parse(
        await server('POST', createPersonalAccessToken.path, { note }),
      )
      console.log(`export BP_TOKEN=${pat.value}`)
    })
  keys
    .command('list')
    .description('list the personal access tokens of the account, without what is secret')
    .addOption(dataDirOption())
    .action(async ({ dataDir }: Options) => {
      const server = serverAt(await findPlace(dataDir))
      const { pats } = listPersonalAccessTokens.response.parse(await server('GET', listPersonalAccessTokens.path))
      for (const { id, createdAt, note } of pats) console.log([id, createdAt, JSON.stringify(note)].join('  '))
    })
  keys
    .command('revoke')
    .description('revoke a personal access token')
    .argument('<id>', 'as `list` has it')
    .addOption(dataDirOption())
    .action(async (id: string, { dataDir }: Options) => {
      const server = serverAt(await findPlace(dataDir))
      await server('DELETE', deletePersonalAccessToken.path.replace(':id', encodeURIComponent(id)))
      console.log(`Revoked ${id}.`)
    })
}
