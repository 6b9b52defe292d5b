export { afterRings } from './after-rings.ts'
export { createDoorbell, type Doorbell } from './doorbell.ts'
