export { createBotApiKey } from './create-bot-api-key.ts'
export { deleteBotApiKey } from './delete-bot-api-key.ts'
export { listBotApiKeys } from './list-bot-api-keys.ts'
