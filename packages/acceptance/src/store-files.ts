import { expect } from 'vitest'
import type { Home } from './journey.ts'
import { betaFiles } from './official-client.ts'

/** Files as the beta has them, where the client knows them: a bot keeps one, its integration another, a developer sees both. */
export const storeFiles = async ({ admin, bot, parrot, botId }: Home) => {
  const [asAdmin, asBot, asParrot] = [betaFiles(admin), betaFiles(bot), betaFiles(parrot)]
  if (!asAdmin || !asBot || !asParrot) return
  const note = { says: 'Hello' }
  const given = { botId, name: 'note.json', contents: Buffer.from(JSON.stringify(note)).toString('base64') }
  const { file: kept } = await asBot.createFile({ ...given, accessType: 'private' })
  const { file: shown } = await asParrot.createFile({ ...given, accessType: 'public' })
  expect(kept).toMatchObject({ botId, name: 'note.json', accessType: 'private', size: 16 })
  expect((await asBot.getFile({ id: kept.id })).file).toEqual(kept)
  expect(await asBot.downloadFile({ id: kept.id })).toEqual(note)
  expect(await (await fetch(shown.publicUrl ?? '')).json()).toEqual(note)
  const { files } = await asAdmin.listFiles({ botId })
  expect(files).toEqual([shown, kept])
  expect(await asAdmin.deleteFile({ id: kept.id })).toEqual({})
  await expect(asBot.downloadFile({ id: kept.id })).rejects.toThrow(/not found/)
  await asParrot.deleteFile({ id: shown.id })
  expect((await asBot.listFiles({ botId })).files).toEqual([])
}
