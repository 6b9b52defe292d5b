import type { Deployment } from '@understudy/runtime'

/** Where a bot or an integration is called: at a URL, or its code runs here, and then the URL only says so. */
export type Address = { url: string; deployment?: Deployment }

type Place = { url: string | null; codeSha256: string | null }

/** Whether there is anything to call. */
export const isSomewhere = ({ url, codeSha256 }: Place): boolean => Boolean(url || codeSha256)

/**
 * At the URL that a bot or an integration has while it is developed, else where its code runs; undefined: nowhere.
 * @param secretsDigest of the sealed secrets: every change seals them anew, so that it is another with each deployment
 */
export const addressOf = (
  kind: Deployment['kind'],
  { id, url, codeSha256, secretsDigest }: Place & { id: string; secretsDigest: string },
): Address | undefined => {
  if (url) return { url }
  if (!codeSha256) return undefined
  return { url: `deployed:${kind}/${id}`, deployment: { kind, id, version: `${codeSha256}.${secretsDigest}` } }
}
