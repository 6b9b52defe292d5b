import { accessTokensOperations, oauth2Operations } from './access-tokens/index.ts'
import { accountOperations } from './account/index.ts'
import { actionsOperations } from './actions/index.ts'
import { analyticsOperations } from './analytics/index.ts'
import { apiClientsOperations } from './api-clients/index.ts'
import { auditRecordsOperations } from './audit-records/index.ts'
import { botApiKeysOperations } from './bot-api-keys/index.ts'
import { botIssuesOperations } from './bot-issues/index.ts'
import { botAllowlistsOperations, botsOperations } from './bots/index.ts'
import { clockOperations } from './clock/index.ts'
import { conversationsOperations, participantsOperations } from './conversations/index.ts'
import { deliveriesOperations } from './deliveries/index.ts'
import { emulatorOperations } from './emulator/index.ts'
import { eventsOperations } from './events/index.ts'
import { installationsOperations } from './installations/index.ts'
import { integrationApiKeysOperations } from './integration-api-keys/index.ts'
import {
  integrationContentsOperations,
  integrationsOperations,
  publicIntegrationsOperations,
} from './integrations/index.ts'
import { interfaceContentsOperations, interfacesOperations, publicInterfacesOperations } from './interfaces/index.ts'
import { introspectOperations } from './introspect/index.ts'
import { logsOperations } from './logs/index.ts'
import { messagesOperations } from './messages/index.ts'
import { personalAccessTokensOperations } from './personal-access-tokens/index.ts'
import { pingsOperations } from './pings/index.ts'
import { preferencesOperations } from './preferences/index.ts'
import { signingKeysOperations } from './signing-keys/index.ts'
import { signingSecretsOperations } from './signing-secrets/index.ts'
import { statesOperations } from './states/index.ts'
import { storageFilesOperations } from './storage-files/index.ts'
import { tagsOperations } from './tags/index.ts'
import { usersOperations } from './users/index.ts'
import { vrlOperations } from './vrl/index.ts'
import { workspaceMembersOperations } from './workspace-members/index.ts'
import { workspacesOperations } from './workspaces/index.ts'

/** Everything the server promises: routes, OpenAPI, access table and generic tests are folds over this value. */
export const contract = {
  account: accountOperations,
  accessTokens: accessTokensOperations,
  oauth2: oauth2Operations,
  apiClients: apiClientsOperations,
  signingKeys: signingKeysOperations,
  signingSecrets: signingSecretsOperations,
  actions: actionsOperations,
  analytics: analyticsOperations,
  botApiKeys: botApiKeysOperations,
  bots: botsOperations,
  botAllowlists: botAllowlistsOperations,
  installations: installationsOperations,
  integrationApiKeys: integrationApiKeysOperations,
  integrations: integrationsOperations,
  publicIntegrations: publicIntegrationsOperations,
  integrationContents: integrationContentsOperations,
  interfaces: interfacesOperations,
  publicInterfaces: publicInterfacesOperations,
  interfaceContents: interfaceContentsOperations,
  introspect: introspectOperations,
  personalAccessTokens: personalAccessTokensOperations,
  conversations: conversationsOperations,
  emulator: emulatorOperations,
  events: eventsOperations,
  messages: messagesOperations,
  participants: participantsOperations,
  states: statesOperations,
  storageFiles: storageFilesOperations,
  tags: tagsOperations,
  users: usersOperations,
  vrl: vrlOperations,
  workspaces: workspacesOperations,
  workspaceMembers: workspaceMembersOperations,
  preferences: preferencesOperations,
  auditRecords: auditRecordsOperations,
  clock: clockOperations,
  deliveries: deliveriesOperations,
  pings: pingsOperations,
  logs: logsOperations,
  botIssues: botIssuesOperations,
}
