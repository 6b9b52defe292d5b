export { botOfEmulatorKey, emulatorKey } from './emulator-key.ts'
export { emulatorUrl } from './emulator-url.ts'
