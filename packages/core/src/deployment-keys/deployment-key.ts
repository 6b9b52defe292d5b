import type { Deployment } from '@understudy/runtime'
import type { PlatformContext } from '../context.ts'

export type KeyHolder = Pick<Deployment, 'kind' | 'id'>

const PREFIX = 'bp_run_'
const UUID_BYTES = 16
const KINDS = ['bot', 'integration'] as const

/**
 * What deployed code calls us with, e.g. `bp_run_…`: for whom, and a signature over that. Nothing is stored: it stands for the
 * bot, or the integration, as long as that is there and has code, and SECRET_KEY is the same.
 */
export const deploymentKey = ({ secrets }: Pick<PlatformContext, 'secrets'>, { kind, id }: KeyHolder): string => {
  const bytes = [
    Buffer.of(KINDS.indexOf(kind)),
    Buffer.from(id.replaceAll('-', ''), 'hex'),
    secrets.sign(purpose(kind), id),
  ]
  return `${PREFIX}${Buffer.concat(bytes).toString('base64url')}`
}

/** Whose code has this key; undefined when it is no such key. The bot, or the integration, may be gone. */
export const holderOfKey = ({ secrets }: Pick<PlatformContext, 'secrets'>, token: string): KeyHolder | undefined => {
  if (!token.startsWith(PREFIX)) return undefined
  const text = token.slice(PREFIX.length)
  const bytes = Buffer.from(text, 'base64url')
  const kind = KINDS[bytes[0] ?? -1]
  if (kind === undefined || bytes.toString('base64url') !== text) return undefined
  const id = bytes
    .subarray(1, 1 + UUID_BYTES)
    .toString('hex')
    .replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-')
  return secrets.verify(bytes.subarray(1 + UUID_BYTES), purpose(kind), id) ? { kind, id } : undefined
}

const purpose = (kind: Deployment['kind']): string => `deployment/${kind}`
