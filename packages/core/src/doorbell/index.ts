export { createDoorbell, type Doorbell } from './doorbell.ts'
