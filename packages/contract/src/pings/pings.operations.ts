import { z } from 'zod'
import { PathId } from '../common/ids.ts'
import { defineOperations } from '../operation.ts'
import { Ping } from './ping.schema.ts'

const PingAnswer = z.object({ ping: Ping })

/** Our own: to see whether what was developed or deployed can be called from here, before anything depends on it. */
export const pingsOperations = defineOperations({
  pingBot: {
    method: 'POST',
    path: '/_understudy/bots/:id/ping',
    summary: 'Call the operation `ping` of a bot, and tell what came of it',
    tenant: 'workspace',
    access: { callers: ['account:developer'] },
    params: PathId,
    status: 200,
    response: PingAnswer,
  },
  pingIntegration: {
    method: 'POST',
    path: '/_understudy/integrations/:id/ping',
    summary: 'Call the operation `ping` of a version of an integration, and tell what came of it',
    tenant: 'workspace',
    access: { callers: ['account:developer'] },
    params: PathId,
    status: 200,
    response: PingAnswer,
  },
})
