/** How many in how many seconds. */
export type Rate = { max: number; seconds: number }

/** What is counted, each by a key of its own: requests by workspace, webhooks by webhook, what end users say by bot. */
export type LimitName = 'requests' | 'webhooks' | 'messages'

/** The rates that are published for the Cloud, of the plan that has the smallest. */
export const CLOUD: Readonly<Record<LimitName, Rate>> = {
  requests: { max: 100, seconds: 1 },
  webhooks: { max: 100, seconds: 1 },
  messages: { max: 600, seconds: 60 },
}
