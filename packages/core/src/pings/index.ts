export { pingBot } from './ping-bot.ts'
export { pingIntegration } from './ping-integration.ts'
