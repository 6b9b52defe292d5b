import type { PlatformContext } from '../context.ts'
import { emulatorKey } from './emulator-key.ts'

/** Where to talk to a bot in a browser, with the key: its part behind the `#` is never sent to a server. */
export const emulatorUrl = (platform: Pick<PlatformContext, 'secrets' | 'publicUrl'>, botId: string): string =>
  `${platform.publicUrl}/_understudy/emulator/${botId}#${emulatorKey(platform, botId)}`
