import { withoutSecrets } from '../logs/index.ts'

/** A member by its name, wherever in the line it is: with a text, with a list of texts, or with an object of such. */
const TEXT = String.raw`"(?:[^"\\]|\\.)*"`
const NAMES = String.raw`(?:proxy-)?authorization|(?:set-)?cookie2?|x-bp-configuration|[\w-]*(?:token|secret|password|api-?key)[\w-]*`
const MEMBER = new RegExp(String.raw`"(${NAMES})":(?:${TEXT}|\[(?:${TEXT}|[^"[\]])*\]|\{(?:${TEXT}|[^"{}])*\})`, 'gi')

const PASSWORD_IN_URL = /(?<=\b[a-z][a-z+.-]{1,20}:\/\/[^\s:@/"]{0,256}:)[^\s@/"]+(?=@)/gi

/** One pass tells that most lines hold nothing of the kind. */
const SUSPICIOUS = /authori|cookie|config|token|secret|passw|api-?key|:\/\/|bp_|eyJ|bearer|basic/i

/** A line of JSON as it may be written: secrets are told by where they stand and by their looks. It stays JSON. */
export const redactLine = (line: string): string =>
  SUSPICIOUS.test(line)
    ? withoutSecrets(line.replaceAll(MEMBER, '"$1":"[redacted]"').replaceAll(PASSWORD_IN_URL, '[redacted]'))
    : line
