import type { Integration, NewIntegration } from '@understudy/contract'
import type { Prisma } from '@understudy/db'
import semver from 'semver'
import { unlessTaken } from '../constraints.ts'
import type { WorkspaceContext } from '../context.ts'
import { withoutNulls } from '../definitions/index.ts'
import { alreadyExists, invalidPayload, notFound, referenceNotFound } from '../errors.ts'
import { newSigningSecret, newUuid } from '../ids.ts'
import { checkLimit } from '../limits/index.ts'
import { checkIntegration } from './check-integration.ts'
import { toIntegration } from './integration.mapper.ts'
import { integrationRepository } from './integration.repository.ts'
import { newDefinition } from './integration-definition.rules.ts'
import { visibilityOf } from './visibility.rules.ts'

/**
 * Makes a version of an integration. Its name may carry the workspace's handle, `handle/name`; development versions may
 * share name and version with others.
 * @throws AlreadyExists; InvalidPayload, InvalidJsonSchema, LimitExceeded; ResourceNotFound for a workspace that has just been deleted
 */
export const createIntegration = async (ctx: WorkspaceContext, input: NewIntegration): Promise<Integration> => {
  const dev = input.dev ?? false
  checkProperties(ctx, input)
  const definition = newDefinition(input)
  await checkIntegration(ctx, definition)
  const now = ctx.clock.now()
  const secrets = withoutNulls(input.secrets)
  const row = await unlessTaken(
    ctx.db.transaction(async (tx) => {
      const familyId = await integrationRepository.holdFamily(ctx, tx, input.name)
      if (!familyId) throw notFound('workspace', ctx.workspaceId)
      const versions = await tx.integration.count({ where: { familyId, dev: false } })
      if (!dev) checkLimit(ctx, 'integrationVersions', versions + 1)
      if (input.icon !== undefined)
        await tx.integrationFamily.update({ where: { id: familyId }, data: { icon: fromBase64(input.icon) } })
      return integrationRepository.create(tx, {
        id: newUuid(),
        familyId,
        version: input.version,
        title: input.title ?? input.name,
        description: input.description ?? '',
        dev,
        visibility: visibilityOf(input) ?? 'private',
        lifecycleStatus: 'published',
        verificationStatus: 'unapproved',
        url: input.url ?? null,
        code: input.code ?? null,
        sdkVersion: input.sdkVersion ?? null,
        definition: definition as unknown as Prisma.InputJsonObject,
        attributes: input.attributes ?? {},
        readme: input.readme === undefined ? null : fromBase64(input.readme),
        sealedSigningSecret: bytes(ctx.secrets.seal(newSigningSecret())),
        sealedSecrets: bytes(ctx.secrets.seal(JSON.stringify(secrets))),
        secretNames: Object.keys(secrets),
        createdAt: now,
        updatedAt: now,
      })
    }),
  )
  if (!row) throw alreadyExists(`Version ${input.version} of the integration "${input.name}" exists already`)
  return toIntegration(ctx, row)
}

const NAME = /^([a-z0-9][a-z0-9_-]*\/)?[a-z][a-zA-Z0-9_-]*$/

const checkProperties = (
  ctx: WorkspaceContext,
  { name, version, url, dev, code, interfaces }: NewIntegration,
): void => {
  if (!NAME.test(name)) throw invalidPayload('name', 'must be a name such as "telegram" or "handle/telegram"')
  if (semver.valid(version) !== version) throw invalidPayload('version', 'must be a version such as 1.2.3')
  if (url !== undefined && !dev) throw invalidPayload('url', 'is for development integrations: set dev')
  if (dev && !url) throw invalidPayload('url', 'is needed: it is where a development integration runs')
  if (code !== undefined) checkLimit(ctx, 'codeBytes', Buffer.byteLength(code))
  // Nobody publishes interfaces here yet.
  const [alias, implementation] = Object.entries(interfaces ?? {})[0] ?? []
  if (implementation) throw referenceNotFound(`interfaces.${alias}.id`, implementation.id)
}

const bytes = (buffer: Buffer): Uint8Array<ArrayBuffer> => new Uint8Array(buffer)

/** @throws never: what is no base64 is skipped over, as everywhere in Node */
const fromBase64 = (text: string): Uint8Array<ArrayBuffer> => bytes(Buffer.from(text, 'base64'))
