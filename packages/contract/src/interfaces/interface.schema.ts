import { z } from 'zod'
import { Caption, NAME_MAX, Publication } from '../definitions/index.ts'
import {
  InterfaceDefinition,
  InterfaceDefinitionChanges,
  NewInterfaceDefinition,
} from './interface-definition.schema.ts'

/** What a list of interfaces shows. Nothing about an interface is unlisted, deprecated or verified. */
export const InterfaceSummary = Publication.omit({ visibility: true, lifecycleStatus: true }).extend({
  public: z.boolean().describe('Whether other workspaces see it, too.'),
  readmeUrl: z.string(),
})
export type InterfaceSummary = z.infer<typeof InterfaceSummary>

export const Interface = InterfaceSummary.extend(InterfaceDefinition.shape)
export type Interface = z.infer<typeof Interface>

/** What creating and updating have in common. */
const InterfaceProperties = Caption.extend({
  sdkVersion: z.string().max(NAME_MAX),
  icon: z.string().describe('SVG (or PNG, JPEG, GIF, WebP) in Base64, shared by all versions; empty for none.'),
  readme: z.string().describe('Markdown in Base64, of this version; empty for none.'),
  public: z.boolean(),
}).partial()

export const NewInterface = NewInterfaceDefinition.extend({
  ...InterfaceProperties.shape,
  name: z.string().max(NAME_MAX),
  version: z.string().max(NAME_MAX),
})
export type NewInterface = z.infer<typeof NewInterface>

/** What is absent stays as it is; null under a name removes what has that name. */
export const InterfaceChanges = InterfaceDefinitionChanges.extend(InterfaceProperties.shape)
export type InterfaceChanges = z.infer<typeof InterfaceChanges>
