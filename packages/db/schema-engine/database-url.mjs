/**
 * The same server, another database.
 * @param {string} url
 * @param {string} database
 */
export const withDatabase = (url, database) => {
  const other = new URL(url)
  other.pathname = `/${encodeURIComponent(database)}`
  other.searchParams.delete('schema')
  return other.toString()
}

/**
 * The schema a Prisma url names.
 * @param {string} url
 */
export const schemaOf = (url) => new URL(url).searchParams.get('schema') ?? 'public'
