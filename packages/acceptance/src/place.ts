/** A server, and a token that may administer a workspace of it. */
export type Place = { url: string; token: string; workspaceId: string }
