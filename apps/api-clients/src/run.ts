import { type ApiClient, apiClientsOperations } from '@understudy/contract'
import type { Command } from './command.ts'
import type { Server } from './server.ts'

const { createApiClient, listApiClients, deleteApiClient } = apiClientsOperations

/** Does what is asked. @returns lines to print @throws OperatorError when the server refuses */
export const run = async (command: Command, server: Server): Promise<string[]> => {
  switch (command.verb) {
    case 'create': {
      const { standsFor, note } = command
      const answer = await server('POST', createApiClient.path, { standsFor, note })
      const { clientKey, clientSecret } = createApiClient.response.parse(answer)
      return [`export BP_CLIENT_KEY=${clientKey}`, `export BP_CLIENT_SECRET=${clientSecret}`]
    }
    case 'list':
      return (await listed(command.botId, server)).map(line)
    case 'revoke':
      await server('DELETE', deleteApiClient.path.replace(':id', encodeURIComponent(command.clientKey)))
      return [`Revoked ${command.clientKey}.`]
  }
}

/** All of them, page by page. */
const listed = async (botId: string | undefined, server: Server): Promise<ApiClient[]> => {
  const clients: ApiClient[] = []
  let nextToken: string | undefined
  do {
    const query = new URLSearchParams({ ...(botId && { botId }), ...(nextToken && { nextToken }) })
    const page = listApiClients.response.parse(await server('GET', `${listApiClients.path}?${query.toString()}`))
    clients.push(...page.apiClients)
    nextToken = page.meta.nextToken
  } while (nextToken)
  return clients
}

const line = ({ id, createdAt, note, standsFor }: ApiClient): string =>
  [id, createdAt, ...Object.values(standsFor), JSON.stringify(note)].join('  ')
