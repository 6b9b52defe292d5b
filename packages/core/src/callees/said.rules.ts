const REASON_MAX = 1_000

/** The sentence in an answer that says what went wrong, as the SDKs of every age write it. */
export const saidIn = (body: string): string => {
  const said = sentenceOf(body).replaceAll('\0', '').trim()
  const kept = said.length > REASON_MAX ? `${said.slice(0, REASON_MAX)}…` : said
  // Half a surrogate pair is no character, and the cut may make one.
  return Buffer.from(kept).toString()
}

const sentenceOf = (body: string): string => {
  try {
    const { message, error } = JSON.parse(body) as { message?: unknown; error?: unknown }
    return typeof message === 'string' ? message : typeof error === 'string' ? error : body
  } catch {
    return body
  }
}
