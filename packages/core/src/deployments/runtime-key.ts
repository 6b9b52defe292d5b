import type { PlatformContext } from '../context.ts'

const PURPOSE = 'runtime'

/** What processes of one server call each other's deployed code with: nobody else has SECRET_KEY. */
export const runtimeKey = ({ secrets }: Pick<PlatformContext, 'secrets'>): string =>
  secrets.sign(PURPOSE).toString('base64url')

export const isRuntimeKey = ({ secrets }: Pick<PlatformContext, 'secrets'>, key: string): boolean =>
  secrets.verify(Buffer.from(key, 'base64url'), PURPOSE)
