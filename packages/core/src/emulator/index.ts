export { createEmulatorMessage } from './create-emulator-message.ts'
export { listEmulatorMessages } from './list-emulator-messages.ts'
export { streamEmulatorMessages } from './stream-emulator-messages.ts'
