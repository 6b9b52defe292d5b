import { expect } from 'vitest'
import { collect, type Home } from './journey.ts'
import { knows, type OfficialClient } from './official-client.ts'
import type { Place } from './place.ts'

/** What the owner of a workspace does with it and with the people in it. */
export const manage = async ({ admin, botId }: Home, place: Place) => {
  const email = `${Math.random().toString(36).slice(2)}@example.com`
  if (knows(admin, 'createWorkspaceMember')) {
    const member = await admin.createWorkspaceMember({ email, role: 'viewer' })
    expect(await admin.updateWorkspaceMember({ id: member.id, role: 'developer' })).toMatchObject({ role: 'developer' })
    expect(await collect((nextToken) => admin.listWorkspaceMembers({ nextToken }), 'members')).toContain(member.id)
    if (knows(admin, 'updateBotAllowlist')) {
      await admin.updateBotAllowlist({ botId, setting: 'SELECTED_USERS', users: { [member.userId ?? '']: true } })
      expect(await admin.getBotAllowlist({ botId })).toEqual({
        setting: 'SELECTED_USERS',
        users: [{ id: member.userId }],
      })
    }
    await admin.deleteWorkspaceMember({ id: member.id })
  }
  if (knows(admin, 'getWorkspaceMember')) expect((await admin.getWorkspaceMember({})).role).toBe('owner')
  if (knows(admin, 'updateWorkspace'))
    expect(await admin.updateWorkspace({ id: place.workspaceId, spendingLimit: 20 })).toMatchObject({
      id: place.workspaceId,
      spendingLimit: 20,
    })
  if (knows(admin, 'getAuditRecords')) {
    const { records } = await admin.getAuditRecords({ id: place.workspaceId })
    expect(records.map(({ action }) => action)).toEqual(expect.arrayContaining(['CREATE_BOT', 'SET_SPENDING_LIMIT']))
  }
  if (knows(admin, 'updateAccount'))
    expect((await admin.updateAccount({ displayName: 'Owner' })).account.displayName).toBe('Owner')
  if (knows(admin, 'setAccountPreference')) {
    await admin.setAccountPreference({ key: 'theme', value: { dark: true } })
    expect(await admin.getAccountPreference({ key: 'theme' })).toEqual({ value: { dark: true } })
  }
  if (knows(admin, 'setWorkspacePreference')) {
    await admin.setWorkspacePreference({ key: 'theme', value: { dark: true } })
    expect(await admin.getWorkspacePreference({ key: 'theme' })).toEqual({ value: { dark: true } })
  }
  if (knows(admin, 'getBotWebchat'))
    expect((await admin.getBotWebchat({ id: botId, type: 'sharableUrl' })).code).toContain(botId)
  await openAnnex(admin)
}

/** Another workspace: made, given a handle, shown to everybody, given a bot, closed again with it. */
const openAnnex = async (admin: OfficialClient) => {
  if (!knows(admin, 'createWorkspace')) return
  const { id } = await admin.createWorkspace({ name: 'Annex' })
  const handle = `annex-${id.slice(0, 8)}`
  if (knows(admin, 'checkHandleAvailability'))
    expect(await admin.checkHandleAvailability({ handle })).toMatchObject({ available: true })
  if (knows(admin, 'checkHandleAvailability') || knows(admin, 'getPublicWorkspace'))
    expect(await admin.updateWorkspace({ id, handle, isPublic: true })).toMatchObject({ id, handle })
  if (knows(admin, 'checkHandleAvailability'))
    expect(await admin.checkHandleAvailability({ handle })).toMatchObject({ available: false, usedBy: id })
  if (knows(admin, 'getPublicWorkspace')) expect((await admin.getPublicWorkspace({ id })).handle).toBe(handle)
  if (knows(admin, 'listPublicWorkspaces'))
    expect((await admin.listPublicWorkspaces({ search: handle })).workspaces.map((one) => one.id)).toEqual([id])
  if (knows(admin, 'transferBot')) {
    const { bot } = await admin.createBot({ name: 'Mover' })
    expect(await admin.transferBot({ id: bot.id, targetWorkspaceId: id })).toEqual({})
    expect(await collect((nextToken) => admin.listBots({ nextToken }), 'bots')).not.toContain(bot.id)
  }
  await admin.deleteWorkspace({ id })
}
