/** A declared state: what its payload must look like, and how long it may lie idle (ms). */
export type DeclaredState = { type: string; schema: object; expiry?: number }

/** A declared event: what its payload must look like. */
export type DeclaredEvent = { schema: object }

/** Names of declared tags; what stands behind a name is of no interest at run time. */
export type DeclaredTags = Readonly<Record<string, unknown>>

/** What the chat API needs to know of an integration in a bot. */
export type InstallationProfile = {
  id: string
  alias: string
  enabled: boolean
  /** true once the bot no longer has it: its objects stay readable, nobody may act as it */
  removed: boolean
  /** whether it may call us: while it is enabled, and while it is told that it no longer is */
  mayAct: boolean
  familyId: string
  integrationName: string
  /** true for a channel of this server itself: nothing is called when the bot says something there */
  native: boolean
  /** the version it has now; null once it is removed and that version deleted */
  integrationId: string | null
  /** every version it has had */
  integrationIds: readonly string[]
  userTags: DeclaredTags
  channels: Readonly<Record<string, { conversationTags: DeclaredTags; messageTags: DeclaredTags }>>
  states: Readonly<Record<string, DeclaredState>>
  events: Readonly<Record<string, DeclaredEvent>>
}

/** What the chat API needs to know of a bot: read once per half second and process, not once per request. */
export type BotProfile = {
  id: string
  workspaceId: string
  blocked: boolean
  /** the accounts selected for it, where not every member has it */
  selectedAccountIds?: readonly string[]
  userTags: DeclaredTags
  conversationTags: DeclaredTags
  messageTags: DeclaredTags
  states: Readonly<Record<string, DeclaredState>>
  events: Readonly<Record<string, DeclaredEvent>>
  installations: readonly InstallationProfile[]
}
