export { refusalOf } from './decide.ts'
export type { Principal } from './principal.ts'
