export { work } from './work.ts'
export type { WorkOptions } from './work-options.ts'
