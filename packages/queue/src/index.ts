export { defineJobs, type Enqueue, type Jobs, type Processors } from './job.ts'
export { connectQueue, type Queue, type QueueLogger, type QueueOptions } from './queue.ts'
