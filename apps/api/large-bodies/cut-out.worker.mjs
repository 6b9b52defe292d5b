import { Buffer } from 'node:buffer'
import { parentPort, workerData } from 'node:worker_threads'
import { cutOut } from './cut-out.mjs'

const result = cutOut(workerData.bytes, workerData.task)
const buffers = new Set('cuts' in result ? result.cuts.map(({ bytes }) => bytes.buffer) : [])
// Handed over, not copied; only small ones may lie in a pool that has to stay.
parentPort?.postMessage(
  result,
  [...buffers].filter(({ byteLength }) => byteLength > Buffer.poolSize),
)
