export { afterRings } from './after-rings.ts'
export { createDoorbell, type Doorbell } from './doorbell.ts'
export { follow, type Look } from './follow.ts'
