export { trackAnalytics } from './track-analytics.ts'
