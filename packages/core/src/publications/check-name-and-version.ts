import semver from 'semver'
import { invalidPayload } from '../errors.ts'

const NAME = /^([a-z0-9][a-z0-9_-]*\/)?[a-z][a-zA-Z0-9_-]*$/

/** What something published goes by. @throws InvalidPayload */
export const checkNameAndVersion = ({ name, version }: { name: string; version: string }): void => {
  if (!NAME.test(name)) throw invalidPayload('name', 'must be a name such as "telegram" or "handle/telegram"')
  if (semver.valid(version) !== version) throw invalidPayload('version', 'must be a version such as 1.2.3')
}
