import { recordAction } from '../audit-records/index.ts'
import { botRepository } from '../bots/index.ts'
import type { WorkspaceContext } from '../context.ts'
import { notFound } from '../errors.ts'
import { newSigningSecret } from '../ids.ts'

/** Gives a bot a new signing secret in place of the old one, which is good for nothing from now on. @throws ResourceNotFound */
export const rotateBotSigningSecrets = async (ctx: WorkspaceContext, id: string): Promise<string> => {
  const secret = newSigningSecret()
  await ctx.db.transaction(async (tx) => {
    const row = await botRepository.hold(ctx, tx, id)
    if (!row) throw notFound('bot', id)
    const sealedSigningSecret = new Uint8Array(ctx.secrets.seal(secret))
    await botRepository.update(tx, id, { sealedSigningSecret, updatedAt: ctx.clock.now() })
    await recordAction(ctx, tx, { action: 'UPDATE_BOT', resource: { id, name: row.name }, value: 'signingSecret' })
  })
  return secret
}
