import { accountOperations } from './account/index.ts'
import { botApiKeysOperations } from './bot-api-keys/index.ts'
import { botsOperations } from './bots/index.ts'
import { integrationApiKeysOperations } from './integration-api-keys/index.ts'
import { integrationsOperations } from './integrations/index.ts'
import { introspectOperations } from './introspect/index.ts'
import { personalAccessTokensOperations } from './personal-access-tokens/index.ts'
import { workspacesOperations } from './workspaces/index.ts'

/** Everything the server promises: routes, OpenAPI, access table and generic tests are folds over this value. */
export const contract = {
  account: accountOperations,
  botApiKeys: botApiKeysOperations,
  bots: botsOperations,
  integrationApiKeys: integrationApiKeysOperations,
  integrations: integrationsOperations,
  introspect: introspectOperations,
  personalAccessTokens: personalAccessTokensOperations,
  workspaces: workspacesOperations,
}
