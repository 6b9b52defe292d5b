import cors from '@fastify/cors'
import type { PlatformContext } from '@understudy/core'
import type { RateLimits } from '@understudy/rate-limits'
import Fastify, { type FastifyBaseLogger, type FastifyInstance, LogController } from 'fastify'
import { accessTokensRoutes } from './access-tokens/access-tokens.routes.ts'
import { oauth2Routes } from './access-tokens/oauth2.routes.ts'
import { accountRoutes } from './account/account.routes.ts'
import { actionsRoutes } from './actions/actions.routes.ts'
import { analyticsRoutes } from './analytics/analytics.routes.ts'
import { apiClientsRoutes } from './api-clients/api-clients.routes.ts'
import { auditRecordsRoutes } from './audit-records/audit-records.routes.ts'
import { botApiKeysRoutes } from './bot-api-keys/bot-api-keys.routes.ts'
import { botIssuesRoutes } from './bot-issues/bot-issues.routes.ts'
import { botAllowlistsRoutes } from './bots/bot-allowlists.routes.ts'
import { botsRoutes } from './bots/bots.routes.ts'
import { clockRoutes } from './clock/clock.routes.ts'
import { conversationsRoutes } from './conversations/conversations.routes.ts'
import { participantsRoutes } from './conversations/participants.routes.ts'
import { deliveriesRoutes } from './deliveries/deliveries.routes.ts'
import { emulatorPage } from './emulator/emulator.page.ts'
import { emulatorRoutes } from './emulator/emulator.routes.ts'
import { eventsRoutes } from './events/events.routes.ts'
import { refuseRoutesWithoutAccess } from './http/access.ts'
import { authenticate } from './http/authenticate.ts'
import { acceptContent } from './http/content.ts'
import { hangUp, leaveNothingToNode } from './http/hang-up.ts'
import { REPLAYED } from './http/idempotency-key.ts'
import { cutLargeBodies } from './http/large-bodies.ts'
import { limitRates, RATE_HEADERS } from './http/limit-rates.ts'
import { parseQuery } from './http/parse-query.ts'
import { passIntoTunnels } from './http/pass-into-tunnels.ts'
import { protectAnswers } from './http/protect-answers.ts'
import { recordAnswers, refuseBadUrls } from './http/record-answers.ts'
import { renderError } from './http/render-error.ts'
import { REQUEST_ID, requestIdOf, tellRequestIds } from './http/request-id.ts'
import { endStreamsOnClose } from './http/send-events.ts'
import { meetTheRest, recordMethods } from './http/unmet.ts'
import { installationsRoutes } from './installations/installations.routes.ts'
import { integrationApiKeysRoutes } from './integration-api-keys/integration-api-keys.routes.ts'
import { integrationContentsRoutes } from './integrations/integration-contents.routes.ts'
import { integrationsRoutes } from './integrations/integrations.routes.ts'
import { publicIntegrationsRoutes } from './integrations/public-integrations.routes.ts'
import { interfaceContentsRoutes } from './interfaces/interface-contents.routes.ts'
import { interfacesRoutes } from './interfaces/interfaces.routes.ts'
import { publicInterfacesRoutes } from './interfaces/public-interfaces.routes.ts'
import { introspectRoutes } from './introspect/introspect.routes.ts'
import { logsRoutes } from './logs/logs.routes.ts'
import { messagesRoutes } from './messages/messages.routes.ts'
import { personalAccessTokensRoutes } from './personal-access-tokens/personal-access-tokens.routes.ts'
import { pingsRoutes } from './pings/pings.routes.ts'
import { preferencesRoutes } from './preferences/preferences.routes.ts'
import { signingKeysRoutes } from './signing-keys/signing-keys.routes.ts'
import { signingSecretsRoutes } from './signing-secrets/signing-secrets.routes.ts'
import { statesRoutes } from './states/states.routes.ts'
import { storageFilesRoutes } from './storage-files/storage-files.routes.ts'
import { tagsRoutes } from './tags/tags.routes.ts'
import { usersRoutes } from './users/users.routes.ts'
import { vrlRoutes } from './vrl/vrl.routes.ts'
import { webhooksRoutes } from './webhooks/webhooks.routes.ts'
import { documentation } from './welcome/documentation.ts'
import { health } from './welcome/health.ts'
import { metrics } from './welcome/metrics.ts'
import { welcome } from './welcome/welcome.ts'
import { workspaceMembersRoutes } from './workspace-members/workspace-members.routes.ts'
import { workspacesRoutes } from './workspaces/workspaces.routes.ts'

/** Longest id in a path; a longer one is not found. */
const PARAM_MAX = 4096

/** How long a client may take for the head of a request, and for all of it: 100 MB over a slow line are many minutes. */
const PATIENCE = { headMs: 15_000, requestMs: 30 * 60_000, lookEveryMs: 5_000 }

/** Each costs some kilobytes, whether anything comes over it or not. */
const CONNECTIONS_MAX = 10_000

/** Clients in browsers send credentials; an OPTIONS without an origin is no error. */
const CORS = {
  credentials: true,
  methods: ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE'],
  exposedHeaders: [
    'retry-after',
    ...RATE_HEADERS,
    REPLAYED,
    REQUEST_ID,
    'content-disposition',
    'content-range',
    'etag',
  ],
  maxAge: 600,
  strictPreflight: false,
}

export type AppOptions = {
  /** whether developers may let it call them through tunnels */
  hasTunnels?: boolean
  /** whether it tells everybody what it counts */
  hasMetrics?: boolean
  /** undefined: whoever may ask may ask as often as they like */
  rateLimits?: RateLimits | undefined
  /** of which pages the scripts may read answers; `*`: of any */
  origins?: string | string[]
  patience?: typeof PATIENCE
}

/** The whole server, ready to listen: hooks in order, then one line per resource. @throws for a route without access */
export const buildApp = async (
  platform: PlatformContext,
  logger: FastifyBaseLogger,
  { hasTunnels = false, hasMetrics = false, rateLimits, origins = '*', patience = PATIENCE }: AppOptions = {},
): Promise<FastifyInstance> => {
  const app = Fastify({
    loggerInstance: logger,
    logController: new LogController({ disableRequestLogging: true, requestIdLogLabel: 'requestId' }),
    genReqId: requestIdOf,
    routerOptions: { ignoreTrailingSlash: true, maxParamLength: PARAM_MAX, querystringParser: parseQuery },
    http: {
      requireHostHeader: false,
      headersTimeout: patience.headMs,
      connectionsCheckingInterval: patience.lookEveryMs,
    },
    requestTimeout: patience.requestMs,
    clientErrorHandler: hangUp(platform),
    frameworkErrors: refuseBadUrls(platform),
    // What still comes over connections that are open is done: nobody has to ask again because this process stops.
    return503OnClosing: false,
    // A machine that starts many servers at once takes its time.
    pluginTimeout: 0,
  })
  app.server.maxConnections = CONNECTIONS_MAX
  app.decorateRequest('ctx')
  refuseRoutesWithoutAccess(app)
  const methodsOf = recordMethods(app)
  recordAnswers(app, platform)
  tellRequestIds(app)
  protectAnswers(app)
  leaveNothingToNode(app)
  cutLargeBodies(app)
  if (hasTunnels) passIntoTunnels(app, methodsOf)
  acceptContent(app)
  endStreamsOnClose(app)
  app.setErrorHandler(renderError(platform))
  await app.register(cors, { ...CORS, origin: origins === '*' ? true : origins })
  await authenticate(app, platform)
  if (rateLimits) limitRates(app, rateLimits)

  await app.register(health(platform))
  if (hasMetrics) await app.register(metrics(platform))
  await app.register(welcome)
  await app.register(documentation(platform))
  await app.register(accountRoutes)
  await app.register(personalAccessTokensRoutes)
  await app.register(apiClientsRoutes)
  await app.register(accessTokensRoutes)
  await app.register(oauth2Routes(platform))
  await app.register(signingKeysRoutes)
  await app.register(introspectRoutes)
  await app.register(workspacesRoutes)
  await app.register(workspaceMembersRoutes)
  await app.register(preferencesRoutes)
  await app.register(auditRecordsRoutes)
  await app.register(botsRoutes)
  await app.register(botAllowlistsRoutes)
  await app.register(botApiKeysRoutes)
  await app.register(integrationsRoutes)
  await app.register(publicIntegrationsRoutes)
  await app.register(integrationContentsRoutes)
  await app.register(interfacesRoutes)
  await app.register(publicInterfacesRoutes)
  await app.register(interfaceContentsRoutes)
  await app.register(signingSecretsRoutes)
  await app.register(integrationApiKeysRoutes)
  await app.register(installationsRoutes)
  await app.register(vrlRoutes)
  await app.register(webhooksRoutes(platform))
  await app.register(emulatorRoutes)
  await app.register(emulatorPage)
  await app.register(usersRoutes)
  await app.register(conversationsRoutes)
  await app.register(participantsRoutes)
  await app.register(messagesRoutes)
  await app.register(eventsRoutes)
  await app.register(actionsRoutes)
  await app.register(statesRoutes)
  await app.register(tagsRoutes)
  await app.register(storageFilesRoutes)
  await app.register(deliveriesRoutes)
  await app.register(pingsRoutes)
  await app.register(logsRoutes)
  await app.register(botIssuesRoutes)
  await app.register(clockRoutes)
  await app.register(analyticsRoutes)
  meetTheRest(app, methodsOf)
  return app
}
