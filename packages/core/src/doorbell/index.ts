export { createDoorbell, type Doorbell, type Owed, owedTo } from './doorbell.ts'
export { follow } from './follow.ts'
