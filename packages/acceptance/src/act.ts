import { expect } from 'vitest'
import type { Home } from './journey.ts'
import { knows } from './official-client.ts'

/** The integration says who it is; the bot asks it for something, and it is not at home. */
export const act = async ({ admin, bot, parrot, botId, integrationId, integrationName }: Home) => {
  if (knows(parrot, 'configureIntegration')) {
    const identifier = `T-${integrationName}`
    await parrot.configureIntegration({ identifier })
    const { integrations } = (await admin.getBot({ id: botId })).bot
    expect(integrations[integrationId]).toMatchObject({ identifier, status: 'registered' })
  }
  if (knows(bot, 'callAction')) {
    const type = `${integrationName}:repeat`
    await expect(bot.callAction({ type, input: { text: 'Hello' } })).rejects.toThrow(/runs nowhere/)
    if (knows(admin, 'listActionRuns')) {
      const { data } = await admin.listActionRuns({ id: botId, integrationName })
      expect(data.map((run) => [run.actionType, run.status])).toEqual([['repeat', 'FAILURE']])
    }
  }
  if (knows(admin, 'runVrl')) {
    const { result } = await admin.runVrl({ script: '.team', data: { team: 'T1' } })
    expect(result).toBe('T1')
  }
}
