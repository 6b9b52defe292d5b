import { randomBytes } from 'node:crypto'

/** Where one attempt at a call stands in a distributed trace (W3C Trace Context): 32 and 16 hexadecimal characters. */
export type Trace = { traceId: string; spanId: string }

/** A trace of its own for one attempt. */
export const newTrace = (): Trace => {
  const random = randomBytes(24).toString('hex')
  return { traceId: random.slice(0, 32), spanId: random.slice(32) }
}

/** Marked as sampled: whoever traces wants to see what we started. */
export const traceHeaders = ({ traceId, spanId }: Trace) => ({
  traceparent: `00-${traceId}-${spanId}-01`,
  tracestate: `understudy=${spanId}`,
})
