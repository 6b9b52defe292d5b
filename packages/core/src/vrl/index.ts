export { execute } from './engine.ts'
export { runVrl } from './run-vrl.ts'
