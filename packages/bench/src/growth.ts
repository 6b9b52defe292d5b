import { messagesOperations } from '@understudy/contract'
import { CONNECTIONS } from './cases.ts'
import { drive } from './drive.ts'
import { median } from './measure.ts'
import { type HttpRequest, toRequest } from './request.ts'
import { seededId } from './seed.ts'
import type { Server } from './server.ts'
import type { Stage } from './stage.ts'

/** The same page of the largest conversation, in the small and in the large database. */
export type Growth = { depth: string; smallP50Ms: number; largeP50Ms: number; ratio: number }

const DEPTHS = [
  { depth: 'the first page', share: 0 },
  { depth: 'a tenth down', share: 0.1 },
  { depth: 'half-way', share: 0.5 },
  { depth: 'the last page', share: 1 },
]

/** As many rows as one request can have, for getting down fast. */
const STRIDE = 100

type Side = { stage: Stage; api: Server }

/** Measures pages at several depths in both databases, in turns. */
export const runGrowth = async (
  sides: { small: Side; large: Side },
  { rounds, seconds }: { rounds: number; seconds: number },
  tell: (line: string) => void,
): Promise<Growth[]> => {
  tell('walking down the largest conversation')
  const pages = { small: await pagesOf(sides.small), large: await pagesOf(sides.large) }
  const turn = async (side: 'small' | 'large', k: number): Promise<number> => {
    const page = pages[side][k]
    if (!page) throw new Error(`There is no page ${k}.`)
    return (await drive(sides[side].api.url, [page], { connections: CONNECTIONS, seconds })).p50Ms
  }
  for (const side of ['small', 'large'] as const) await turn(side, 0)
  const taken = DEPTHS.map((): { small: number; large: number }[] => [])
  for (let round = 0; round < rounds; round++)
    for (const [k, { depth }] of DEPTHS.entries()) {
      tell(`round ${round + 1} of ${rounds}: ${depth} of a list`)
      taken[k]?.push({ small: await turn('small', k), large: await turn('large', k) })
    }
  return DEPTHS.map(({ depth }, k) => {
    const middle = (read: (one: { small: number; large: number }) => number): number =>
      median((taken[k] ?? []).map(read)) ?? 0
    return {
      depth,
      smallP50Ms: middle(({ small }) => small),
      largeP50Ms: middle(({ large }) => large),
      ratio: middle(({ small, large }) => large / small),
    }
  })
}

/** The request for each depth, got as a client gets there: page by page. */
const pagesOf = async ({ stage: { headers, sizes }, api }: Side): Promise<HttpRequest[]> => {
  const conversationId = seededId('conv', 1)
  const request = (rest: object): HttpRequest =>
    toRequest(messagesOperations.listMessages, { conversationId, ...rest }, headers)
  const strides = Math.ceil(sizes.messages / 2 / STRIDE)
  const tokens: (string | undefined)[] = [undefined]
  for (let down = 1; down < strides; down++) {
    const { path } = request({ pageSize: STRIDE, ...token(tokens.at(-1)) })
    const answer = await fetch(`${api.url}${path}`, { headers })
    const { meta } = messagesOperations.listMessages.response.parse(await answer.json())
    if (meta.nextToken === undefined) break
    tokens.push(meta.nextToken)
  }
  return DEPTHS.map(({ share }) => request(token(tokens[Math.round(share * (tokens.length - 1))])))
}

const token = (nextToken: string | undefined): object => (nextToken === undefined ? {} : { nextToken })
