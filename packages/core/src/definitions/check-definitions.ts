import { setImmediate as otherRequests } from 'node:timers/promises'
import type { PlatformContext } from '../context.ts'
import { invalidIdentifier } from '../errors.ts'
import { checkJsonSchema } from '../json-schemas/index.ts'
import { checkLimit, jsonBytes } from '../limits/index.ts'

type Schema = Record<string, unknown>

/** What a schema is when its author left it out: nothing may be given, rather than anything. */
export const EMPTY_OBJECT_SCHEMA: Schema = { type: 'object', properties: {}, additionalProperties: false }

/** A whole definition, before its parts. @throws LimitExceeded */
export const checkSize = (ctx: PlatformContext, definition: object): void =>
  checkLimit(ctx, 'definitionBytes', jsonBytes(definition))

/** @throws InvalidJsonSchema by the path of the schema; LimitExceeded */
export const checkSchema = async (ctx: PlatformContext, schema: Schema, path: string): Promise<void> => {
  checkLimit(ctx, 'schemaBytes', jsonBytes(schema))
  checkJsonSchema(schema, path)
  // A definition may have hundreds of schemas: between two of them others get their turn.
  await otherRequests()
}

/** Every thing by name that has a schema. @throws InvalidJsonSchema, LimitExceeded, InvalidIdentifier */
export const checkSchemas = async (
  ctx: PlatformContext,
  things: Readonly<Record<string, { schema: Schema }>>,
  path: string,
): Promise<void> => {
  for (const [name, { schema }] of Object.entries(things)) {
    checkName(name, path)
    await checkSchema(ctx, schema, `${path}.${name}.schema`)
  }
}

/** @throws InvalidJsonSchema, LimitExceeded, InvalidIdentifier */
export const checkActions = async (
  ctx: PlatformContext,
  actions: Readonly<Record<string, { input: { schema: Schema }; output: { schema: Schema } }>>,
): Promise<void> => {
  for (const [name, { input, output }] of Object.entries(actions)) {
    checkName(name, 'actions')
    await checkSchema(ctx, input.schema, `actions.${name}.input.schema`)
    await checkSchema(ctx, output.schema, `actions.${name}.output.schema`)
  }
}

/** @throws LimitExceeded */
export const checkTags = (ctx: PlatformContext, { tags }: { tags: Readonly<Record<string, unknown>> }): void => {
  checkLimit(ctx, 'tagDefinitions', Object.keys(tags).length)
  for (const name of Object.keys(tags)) checkName(name, 'tags')
}

// Names have to fit into keys of indexes and, after a plugin's `<alias>#`, into event types.
const NAME = /^[^\s\0]{1,200}$/u

const checkName = (name: string, path: string): void => {
  if (!NAME.test(name))
    throw invalidIdentifier(`${path}.${name.slice(0, 50)}`, 'is no name: 1 to 200 characters without spaces')
}
