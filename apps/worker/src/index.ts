export { type WorkOptions, work } from './work.ts'
