import type { Transaction } from '@understudy/db'
import type { WorkspaceContext } from '../context.ts'
import { invalidPayload } from '../errors.ts'

/** What stands before the slash of a name is the handle of its workspace: nobody goes by somebody else's. @throws InvalidPayload */
export const checkHandle = async (
  { workspaceId: id }: WorkspaceContext,
  tx: Pick<Transaction, 'workspace'>,
  name: string,
): Promise<void> => {
  const [handle, rest] = name.split('/')
  if (rest === undefined) return
  const own = (await tx.workspace.findUnique({ where: { id }, select: { handle: true } }))?.handle ?? undefined
  if (handle !== own)
    throw invalidPayload(
      'name',
      own === undefined
        ? 'begins with a handle, and this workspace has none yet'
        : `begins with a handle that is not this workspace's, which is "${own}"`,
    )
}
