import type { PlatformContext } from '../context.ts'
import { invalidQuery } from '../errors.ts'

/** The last row of a page: the value it was sorted by, and its `seq` for rows of equal value. */
export type Position = { value: string; seq: string }

const SIGNATURE_BYTES = 16

/**
 * `nextToken`: the position, signed together with everything that must stay the same from page to page. `pageSize` is not
 * part of it and may change.
 * @param frozen whose list it is, which list, its filter and its sort
 */
export const toToken = ({ secrets }: PlatformContext, position: Position, frozen: unknown): string => {
  const text = JSON.stringify([position.value, position.seq])
  return Buffer.concat([secrets.sign(text, JSON.stringify(frozen)), Buffer.from(text)]).toString('base64url')
}

/** @throws InvalidQuery for a token of another list, filter, sort or tenant, and for a damaged one */
export const fromToken = ({ secrets }: PlatformContext, token: string, frozen: unknown): Position => {
  const bytes = Buffer.from(token, 'base64url')
  const text = bytes.subarray(SIGNATURE_BYTES).toString()
  const intact =
    bytes.toString('base64url') === token &&
    secrets.verify(bytes.subarray(0, SIGNATURE_BYTES), text, JSON.stringify(frozen))
  if (!intact) throw invalidQuery('nextToken', 'does not belong to this list with these filters')
  const [value, seq] = JSON.parse(text) as [string, string]
  return { value, seq }
}
