import { z } from 'zod'
import { ReferencedId } from '../common/ids.ts'
import { byName, NAME_MAX } from '../definitions/index.ts'

/** The interface's name for something → the integration's own name for it. */
const OwnNames = byName(z.object({ name: z.string().max(NAME_MAX) }))

/** How an integration implements an interface. */
export const Implementation = z.object({
  id: z.string(),
  name: z.string(),
  version: z.string(),
  entities: OwnNames,
  actions: OwnNames,
  events: OwnNames,
  channels: OwnNames,
})
export type Implementation = z.infer<typeof Implementation>

/** The interface's name and version follow from its id. */
export const NewImplementation = Implementation.omit({ name: true, version: true })
  .partial()
  .extend({ id: ReferencedId })
export type NewImplementation = z.infer<typeof NewImplementation>
