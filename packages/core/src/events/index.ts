export { cancelScheduledEvent } from './cancel-scheduled-event.ts'
export { createEvent } from './create-event.ts'
export { getEvent } from './get-event.ts'
export { listEvents } from './list-events.ts'
