export { createDoorbell, type Doorbell } from './doorbell.ts'
export { follow } from './follow.ts'
