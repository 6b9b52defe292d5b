import type { BotProfile, InstallationProfile } from '../callers/index.ts'
import { forbidden } from '../errors.ts'

/** Whether somebody switched it off: that closes it to whoever has a key, too. Removed is not switched off. */
export const isEmulatorDisabled = (bot: BotProfile): boolean => {
  const present = emulatorsIn(bot).filter(({ removed }) => !removed)
  return present.length > 0 && present.every(({ enabled }) => !enabled)
}

/**
 * The emulator in a bot, even if it was removed: what was said in it stays readable. Of several, the oldest that is
 * switched on. undefined when the bot never had it.
 * @throws Forbidden when it is disabled
 */
export const emulatorOf = (bot: BotProfile): InstallationProfile | undefined => {
  if (isEmulatorDisabled(bot))
    throw forbidden('The emulator is disabled in this bot: enable its integration to talk to the bot here.')
  const all = emulatorsIn(bot)
  return all.find(({ enabled }) => enabled) ?? all[0]
}

const emulatorsIn = (bot: BotProfile): InstallationProfile[] => bot.installations.filter(({ native }) => native)
