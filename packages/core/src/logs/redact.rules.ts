/** Whatever lets somebody in here, by its looks, and what usually stands behind a scheme of HTTP authentication. */
const SECRETS = [
  /\bbp_(?:pat|bak|iak|secret|emu|run)_[\w-]+/g,
  /\beyJ[\w-]{8,}\.[\w-]+\.[\w-]+/g,
  /(?<=\b(?:Bearer|Basic) )[\w.~+/=-]{8,}/gi,
]

const REDACTED = '[redacted]'

/** Text that somebody else wrote, as it may be kept: without secrets, no longer than told, and nothing PostgreSQL refuses. */
export const keptText = (text: string, max: number): string => {
  // Only as much as is kept is looked at, and a little more: a secret must not lose its head or its tail to the cut.
  const beginning = text.length > max ? text.slice(0, max * 2) : text
  const clean = withoutSecrets(beginning)
  // Half a surrogate pair is no character, and the cut may make one.
  const whole = Buffer.from(clean.length > max ? `${clean.slice(0, max)}…` : clean).toString()
  return whole.replaceAll('\0', '')
}

/** Without what lets somebody in, by its looks. */
export const withoutSecrets = (text: string): string =>
  SECRETS.reduce((said, secret) => said.replaceAll(secret, REDACTED), text)
