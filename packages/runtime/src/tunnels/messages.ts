import { z } from 'zod'

/** What goes into a tunnel: a request to whoever holds its other end, as `@bpinternal/tunnel` 0.1 says it. */
export type TunnelRequest = {
  type: 'request'
  id: string
  method: string
  path: string
  query: string
  headers: Record<string, string>
  body: string
}

const Answer = z.object({
  type: z.literal('response').optional(),
  requestId: z.string(),
  status: z.int().min(200).max(599),
  headers: z.record(z.string(), z.union([z.string(), z.array(z.string())])).optional(),
  body: z.string().optional(),
})

export type TunnelAnswer = z.infer<typeof Answer>

const Hello = z.object({ type: z.literal('hello') })

/** @returns what came out of a tunnel; `hello` is a sign of life; undefined: nonsense */
export const readMessage = (text: string): TunnelAnswer | 'hello' | undefined => {
  const message = parsed(text)
  const answer = Answer.safeParse(message)
  if (answer.success) return answer.data
  return Hello.safeParse(message).success ? 'hello' : undefined
}

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
