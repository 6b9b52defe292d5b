import { randomUUID } from 'node:crypto'

/** Where one attempt at a call stands in a distributed trace (W3C Trace Context): 32 and 16 hexadecimal characters. */
export type Trace = { traceId: string; spanId: string }

/** A trace of its own for one attempt. */
export const newTrace = (): Trace => ({ traceId: randomHex(), spanId: randomHex().slice(16) })

/** 32 characters. Node keeps random bytes for UUIDs in store, which makes them ten times as cheap as plain ones. */
const randomHex = () => randomUUID().replaceAll('-', '')

/** Marked as sampled: whoever traces wants to see what we started. */
export const traceHeaders = ({ traceId, spanId }: Trace) => ({
  traceparent: `00-${traceId}-${spanId}-01`,
  tracestate: `understudy=${spanId}`,
})
