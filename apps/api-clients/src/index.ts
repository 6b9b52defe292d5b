export { type Server, serverAt } from './server.ts'
