import type { Interface } from '@understudy/contract'
import type { CallerContext } from '../context.ts'
import { notFound } from '../errors.ts'
import { toInterface } from './interface.mapper.ts'
import { interfaceRepository } from './interface.repository.ts'

/** A public version of any workspace. @throws ResourceNotFound, also for a private one, whoever asks */
export const getPublicInterfaceById = async (ctx: CallerContext, id: string): Promise<Interface> => {
  const row = await interfaceRepository.findPublic(ctx, id)
  if (!row) throw notFound('interface', id)
  return toInterface(ctx, row)
}
