import type { BotChanges } from '@understudy/contract'
import type { WorkspaceContext } from '../context.ts'
import { invalidPayload, referenceNotFound } from '../errors.ts'
import { checkLimit } from '../limits/index.ts'

const MAX_EXECUTION_S = 3600

/** What creating and changing a bot check alike. @throws InvalidPayload, ReferenceNotFound, LimitExceeded */
export const checkBotProperties = (
  ctx: WorkspaceContext,
  { url, code, maxExecutionTime: seconds, plugins }: Pick<BotChanges, 'url' | 'code' | 'maxExecutionTime' | 'plugins'>,
  dev: boolean,
): void => {
  if (url && !dev) throw invalidPayload('url', 'is for development bots: set dev when creating one')
  if (code !== undefined) checkLimit(ctx, 'codeBytes', code.bytes.length)
  if (seconds !== undefined && (seconds < 1 || seconds > MAX_EXECUTION_S))
    throw invalidPayload('maxExecutionTime', `must be between 1 and ${MAX_EXECUTION_S} seconds`)
  // Nobody publishes plugins here yet.
  const [alias, plugin] = Object.entries(plugins ?? {}).find(([, one]) => one !== null) ?? []
  if (plugin) throw referenceNotFound(`plugins.${alias}.id`, plugin.id)
}

/** Encrypted JSON, as its columns take it. */
export const sealed = ({ secrets }: WorkspaceContext, value: unknown): Uint8Array<ArrayBuffer> =>
  new Uint8Array(secrets.seal(typeof value === 'string' ? value : JSON.stringify(value)))
