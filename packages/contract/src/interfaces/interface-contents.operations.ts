import { z } from 'zod'
import { defineOperations } from '../operation.ts'

const AddressedByContents = z.object({ id: z.string(), tag: z.string() })

/** Our own: where `iconUrl` and `readmeUrl` lead. Whoever was shown an address may follow it, without a token. */
export const interfaceContentsOperations = defineOperations({
  downloadInterfaceIcon: {
    method: 'GET',
    path: '/_understudy/interfaces/:id/icon/:tag',
    summary: 'Read the icon of an interface',
    tenant: 'nobody',
    access: { public: true },
    params: AddressedByContents,
    status: 200,
    response: z.file(),
    contents: true,
  },
  downloadInterfaceReadme: {
    method: 'GET',
    path: '/_understudy/interfaces/:id/readme/:tag',
    summary: 'Read the readme of a version of an interface',
    tenant: 'nobody',
    access: { public: true },
    params: AddressedByContents,
    status: 200,
    response: z.file(),
    contents: true,
  },
})
