import { z } from 'zod'
import { defineOperations } from '../operation.ts'

const AddressedByContents = z.object({ id: z.string(), tag: z.string() })

/** Our own: where `iconUrl` and `readmeUrl` lead. Whoever was shown an address may follow it, without a token. */
export const integrationContentsOperations = defineOperations({
  downloadIntegrationIcon: {
    method: 'GET',
    path: '/_understudy/integrations/:id/icon/:tag',
    summary: 'Read the icon of an integration',
    tenant: 'nobody',
    access: { public: true },
    params: AddressedByContents,
    status: 200,
    response: z.file(),
    contents: true,
  },
  downloadIntegrationReadme: {
    method: 'GET',
    path: '/_understudy/integrations/:id/readme/:tag',
    summary: 'Read the readme of a version of an integration',
    tenant: 'nobody',
    access: { public: true },
    params: AddressedByContents,
    status: 200,
    response: z.file(),
    contents: true,
  },
})
