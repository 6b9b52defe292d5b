import { makeKeyPair, signAccessToken } from '@understudy/auth'
import { contract, type Operation, ROLES, type Role } from '@understudy/contract'
import { createWorkspace, newUuid } from '@understudy/core'
import { beforeAll, describe, expect, test } from 'vitest'
import { issueClient, tokenFor } from '../testing/access-token.ts'
import { sampleOf } from '../testing/sample.ts'
import { type Caller, startApi } from '../testing/start-api.ts'

/**
 * The published table of what members may do, with the operations each right is about. A new operation that asks for a role
 * has to be put under one of them.
 */
const RIGHTS: { right: string; least: Role; operations: string[] }[] = [
  { right: 'be a member', least: 'billing', operations: ['getWorkspaceMember', 'deleteWorkspaceMember'] },
  {
    right: 'see the workspace and its bots',
    least: 'viewer',
    operations: [
      ...['getWorkspace', 'getWorkspacePreference', 'getBot', 'listBots', 'getBotAllowlist', 'getBotAnalytics'],
      ...['getIntegration', 'getIntegrationByName', 'listIntegrations'],
      ...['getInterface', 'getInterfaceByName', 'listInterfaces'],
      ...['getConversation', 'listConversations', 'getParticipant', 'listParticipants', 'getMessage', 'listMessages'],
      ...['getUser', 'listUsers', 'getEvent', 'listEvents', 'getState', 'listTagValues'],
      ...['getDelivery', 'listDeliveries', 'streamDeliveries'],
      ...['getStorageFile', 'downloadStorageFile', 'listStorageFiles', 'listActionRuns'],
      ...['getBotLogs', 'getIntegrationLogs', 'listBotIssues', 'getBotIssue', 'listBotIssueEvents'],
    ],
  },
  {
    right: 'create, update and run bots; delete their own',
    least: 'developer',
    operations: [
      ...['setWorkspacePreference', 'createBot', 'updateBot', 'deleteBot'],
      ...['createBotApiKey', 'listBotApiKeys', 'deleteBotApiKey'],
      ...['createIntegrationApiKey', 'listIntegrationApiKeys', 'deleteIntegrationApiKey'],
      ...['createIntegration', 'updateIntegration', 'deleteIntegration', 'requestIntegrationVerification'],
      ...['validateIntegrationCreation', 'validateIntegrationUpdate'],
      ...['createInterface', 'updateInterface', 'deleteInterface'],
      ...['rotateIntegrationSigningSecrets', 'rotateBotSigningSecrets'],
      ...['createConversation', 'getOrCreateConversation', 'updateConversation', 'deleteConversation'],
      ...['addParticipant', 'removeParticipant'],
      ...['createMessage', 'getOrCreateMessage', 'updateMessage', 'deleteMessage'],
      ...['createUser', 'getOrCreateUser', 'updateUser', 'deleteUser', 'createEvent', 'cancelScheduledEvent'],
      ...['setState', 'getOrSetState', 'patchState', 'setStateExpiry', 'redeliver'],
      ...['initializeIncomingMessage', 'importMessages', 'trackAnalytics', 'getBotWebchat'],
      ...['callAction', 'configureIntegration', 'runVrl', 'pingBot', 'pingIntegration'],
      ...['createStorageFile', 'deleteStorageFile', 'deleteBotIssue'],
      ...['createEmulatorMessage', 'listEmulatorMessages', 'streamEmulatorMessages'],
    ],
  },
  {
    right: 'read audit records, move bots to other workspaces',
    least: 'manager',
    operations: ['getAuditRecords', 'transferBot'],
  },
  {
    right: 'manage members and the workspace',
    least: 'administrator',
    operations: [
      ...['listWorkspaceMembers', 'createWorkspaceMember', 'updateWorkspaceMember', 'updateBotAllowlist'],
      ...['updateWorkspace', 'rotateSigningKeys'],
    ],
  },
  { right: 'delete the workspace', least: 'owner', operations: ['deleteWorkspace'] },
]

type Named = Operation & { id: string }

/** What takes away what the others need comes last. */
const LAST = ['deleteWorkspace', 'deleteAccount']

const operations: Named[] = Object.values(contract)
  .flatMap((group) =>
    Object.entries(group as Record<string, Operation>).map(([id, operation]) => ({ id, ...operation })),
  )
  .filter(({ access }) => 'callers' in access)
  .toSorted((a, b) => LAST.indexOf(a.id) - LAST.indexOf(b.id))

const callersOf = ({ access }: Operation): readonly string[] => ('callers' in access ? access.callers : [])
const asksForRole = (operation: Operation) => callersOf(operation).some((one) => one.startsWith('account:'))
const rightTo = (id: string) => RIGHTS.find((right) => right.operations.includes(id))

test('every operation that asks for a role is under one right, which needs that role', () => {
  const listed = RIGHTS.flatMap(({ least, operations: ids }) => ids.map((id) => [id, least]))
  const asked = operations.filter(asksForRole).map((operation) => {
    const role = callersOf(operation).find((one) => one.startsWith('account:'))
    return [operation.id, role?.slice('account:'.length)]
  })
  expect(listed.toSorted()).toEqual(asked.toSorted())
})

let api: Awaited<ReturnType<typeof startApi>>
/** A workspace of the same members, for what is done to a workspace itself. */
let annexId: string
const callers = new Map<string, Caller>()

beforeAll(async () => {
  api = await startApi()
  const { workspaceId, botId } = api.home
  const here = { 'x-workspace-id': workspaceId, 'x-bot-id': botId }
  const tokenOf = ({ headers }: Caller) => String(headers['authorization']).slice('Bearer '.length)
  for (const role of ROLES) callers.set(role, await api.account(role))
  callers.set('nobody here', api.caller(tokenOf((await api.neighbour()).asOwner), here))
  callers.set('a bot key', await api.bot())
  callers.set('an integration key', await api.integration())

  const developer = await api.account('developer')
  const clientOf = (standsFor: Parameters<typeof issueClient>[1]) => issueClient(developer, standsFor)
  const bot = await clientOf({ kind: 'bot', botId })
  const installation = await clientOf({ kind: 'installation', botId, integrationAlias: 'emulator' })
  callers.set('an access token of a bot', api.caller(await tokenFor(api.url, bot), here))
  callers.set('an access token of an installation', api.caller(await tokenFor(api.url, installation), here))
  callers.set(
    'an access token of a developer',
    api.caller(await tokenFor(api.url, await clientOf({ kind: 'account' })), here),
  )

  const { pat } = (await developer.call('POST', '/v1/admin/account/pats', { note: '' })).body as {
    pat: { id: string; value: string }
  }
  await developer.call('DELETE', `/v1/admin/account/pats/${pat.id}`)
  callers.set('a revoked token', api.caller(pat.value, here))
  callers.set('an expired access token', api.caller(await expired(bot.clientKey), here))
  annexId = await annexOf(workspaceId)
})

const annexOf = async (workspaceId: string): Promise<string> => {
  const { id, ownerId } = await createWorkspace(await api.owner(), { name: 'Annex' })
  const { workspaceMember } = api.platform.db.prisma
  const members = await workspaceMember.findMany({ where: { workspaceId, accountId: { not: ownerId } } })
  await workspaceMember.createMany({ data: members.map((member) => ({ ...member, id: newUuid(), workspaceId: id })) })
  return id
}

/** Genuine in everything but its time. */
const expired = async (clientId: string): Promise<string> => {
  const pair = await makeKeyPair()
  const { publicKey } = pair
  const now = Date.now()
  await api.platform.db.prisma.signingKey.create({
    data: {
      kid: publicKey.kid,
      publicKey,
      sealedPrivateKey: new Uint8Array([0]),
      createdAt: new Date(now),
      retiredAt: new Date(now),
    },
  })
  const times = { issuedAt: new Date(now - 7_200_000), expiresAt: new Date(now - 1000) }
  return signAccessToken({ clientId, tokenId: newUuid(), ...times }, pair)
}

/** What each caller has to meet: let in means neither unknown, nor refused, nor sent away as a stranger. */
const verdict = (operation: Named, name: string): 'in' | 401 | 403 | 404 => {
  const kinds = callersOf(operation)
  if (name === 'a revoked token' || name === 'an expired access token') return 401
  if (name === 'a bot key' || name === 'an access token of a bot') return kinds.includes('bot') ? 'in' : 403
  if (name === 'an integration key' || name === 'an access token of an installation')
    return kinds.includes('integration') ? 'in' : 403
  const right = rightTo(operation.id)
  if (!right) return 'in'
  if (name === 'nobody here') return 404
  const role = (ROLES as readonly string[]).includes(name) ? (name as Role) : 'developer'
  return ROLES.indexOf(role) >= ROLES.indexOf(right.least) ? 'in' : 403
}

const OTHER_PARAMS: Record<string, string> = { type: 'user', name: 'profile', version: 'latest', key: 'id' }

const pathOf = ({ path, query, tenant }: Operation): string => {
  const id = path.startsWith('/v1/admin/workspaces/') ? annexId : newUuid()
  const params = tenant === 'bot' ? { ...OTHER_PARAMS, botId: api.home.botId } : OTHER_PARAMS
  const filled = path.replaceAll(/:(\w+)/g, (_, name: string) => params[name] ?? id)
  return query ? `${filled}?${new URLSearchParams(sampleOf(query) as Record<string, string>).toString()}` : filled
}

describe.each(operations)('$id', (operation) => {
  test('lets in whom the table lets in, and nobody else', async () => {
    const met: [string, unknown][] = []
    // The owner last: some things can be done only once.
    for (const [name, caller] of [...callers].toSorted(([a], [b]) => Number(a === 'owner') - Number(b === 'owner'))) {
      const { status } = await caller.call(
        operation.method,
        pathOf(operation),
        operation.body && sampleOf(operation.body),
      )
      const isIn = status !== 401 && status !== 403 && status < 500
      met.push([name, verdict(operation, name) === 'in' && isIn ? 'in' : status])
    }
    expect(met).toEqual(met.map(([name]) => [name, verdict(operation, name)]))
  })
})
