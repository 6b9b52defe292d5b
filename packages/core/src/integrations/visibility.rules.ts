import type { Visibility } from '@understudy/contract'

/** `public` is the older spelling; `visibility` wins where both are given. undefined: neither is. */
export const visibilityOf = (given: {
  visibility?: Visibility | undefined
  public?: boolean | undefined
}): Visibility | undefined =>
  given.visibility ?? (given.public === undefined ? undefined : given.public ? 'public' : 'private')
