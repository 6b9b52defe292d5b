/** What deployed code has of our environment: where programs are, and how time and words are written. */
export const INHERITED: Readonly<Record<string, string>> = Object.fromEntries(
  (['PATH', 'TZ', 'LANG'] as const).flatMap((name) => {
    const value = process.env[name]
    return value === undefined ? [] : [[name, value]]
  }),
)
