import type { PlatformContext } from '../context.ts'
import { keyOf } from './contents-key.ts'

/** The code with this digest; undefined when there is none any more. @throws FilesUnavailable */
export const readCode = async (
  { files }: Pick<PlatformContext, 'files'>,
  sha256: string,
): Promise<Uint8Array | undefined> => {
  const contents = await files.read(keyOf(sha256))
  return contents && Buffer.concat((await contents.toArray()) as Uint8Array[])
}
