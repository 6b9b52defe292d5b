export { createDoorbell, type Doorbell, type Owed } from './doorbell.ts'
export { follow } from './follow.ts'
