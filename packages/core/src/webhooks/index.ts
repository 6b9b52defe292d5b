export { receiveGlobalWebhook } from './receive-global-webhook.ts'
export { receiveAuthorization, receiveWebhook } from './receive-webhook.ts'
export type { WebhookAnswer, WebhookRequest } from './webhook.rules.ts'
