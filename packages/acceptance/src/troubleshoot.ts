import { expect } from 'vitest'
import { collect, type Home } from './journey.ts'
import { knows } from './official-client.ts'

const HOUR_MS = 60 * 60 * 1000

/** What a developer looks at when nothing happens: here neither the bot nor the integration runs anywhere. */
export const troubleshoot = async ({ admin, botId, integrationId }: Home) => {
  // Some clients cannot do without an end.
  const [timeStart, timeEnd] = [-HOUR_MS, HOUR_MS].map((ms) => new Date(Date.now() + ms).toISOString())
  const toSay = expect.arrayContaining([expect.objectContaining({ message: expect.stringMatching(/runs nowhere/) })])
  if (knows(admin, 'getBotLogs'))
    await expect
      .poll(async () => (await admin.getBotLogs({ id: botId, timeStart, timeEnd })).logs, { timeout: 10_000 })
      .toEqual(toSay)
  if (knows(admin, 'getIntegrationLogs'))
    await expect
      .poll(async () => (await admin.getIntegrationLogs({ id: integrationId, timeStart, timeEnd })).logs, {
        timeout: 10_000,
      })
      .toEqual(toSay)
  if (!knows(admin, 'getBotIssue')) return
  const [issueId] = await collect((nextToken) => admin.listBotIssues({ id: botId, nextToken }), 'issues')
  const { issue } = await admin.getBotIssue({ id: botId, issueId })
  expect(issue).toMatchObject({ code: 'delivery_url_missing', category: 'configuration' })
  const { issueEvents } = await admin.listBotIssueEvents({ id: botId, issueId })
  expect(issueEvents.length).toBe(issue.eventsCount)
  await admin.deleteBotIssue({ id: botId, issueId })
  expect(await collect((nextToken) => admin.listBotIssues({ id: botId, nextToken }), 'issues')).not.toContain(issueId)
}
