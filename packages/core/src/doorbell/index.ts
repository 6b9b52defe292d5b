export { createDoorbell, type Doorbell } from './doorbell.ts'
export { follow, type Look } from './follow.ts'
