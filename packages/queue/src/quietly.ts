const QUIET_MS = 10_000

/** While a server is away, every connection and every attempt says the same: once in ten seconds is enough. */
export const quietly = (say: (error: unknown) => void): ((error: unknown) => void) => {
  const said = new Map<string, number>()
  return (error) => {
    const text = String(error)
    const now = Date.now()
    if (now - (said.get(text) ?? -QUIET_MS) < QUIET_MS) return
    if (said.size > 100) said.clear()
    said.set(text, now)
    say(error)
  }
}
