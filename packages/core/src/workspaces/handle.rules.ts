import { WorkspaceHandle } from '@understudy/contract'
import { newUuid } from '../ids.ts'

export const isHandle = (text: string): boolean => WorkspaceHandle.safeParse(text).success

const BASE_MAX = 50
const NUMBERS = [1, 2, 3, 4, 5, 6, 7, 8]
const RANDOM_LENGTH = 6

/** Handles like the wanted one, the nicest first; the last is random, so that hardly ever all of them are taken. */
export const handlesLike = (wanted: string): string[] => {
  const base =
    wanted
      .slice(0, BASE_MAX)
      .replace(/^[-_]+/, '')
      .replace(/[-_]+$/, '') || 'workspace'
  const endings = [...NUMBERS, newUuid().slice(0, RANDOM_LENGTH)]
  return [base, ...endings.map((ending) => `${base}-${ending}`)].filter(
    (handle) => handle !== wanted && isHandle(handle),
  )
}
