import { z } from 'zod'
import { Timestamp } from '../common/timestamps.ts'

/** A personal access token, a bot key or an integration key, without its value. */
export const Credential = z.object({ id: z.string(), createdAt: Timestamp, note: z.string() })
export type Credential = z.infer<typeof Credential>

/** The one answer that holds the value: it is stored as a hash and cannot be shown again. */
export const IssuedCredential = Credential.extend({ value: z.string() })
export type IssuedCredential = z.infer<typeof IssuedCredential>
