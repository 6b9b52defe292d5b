export { getBotAnalytics } from './get-bot-analytics.ts'
export { trackAnalytics } from './track-analytics.ts'
