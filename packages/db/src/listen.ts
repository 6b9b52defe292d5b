import pg from 'pg'

const RELISTEN_AFTER_MS = 500

/** A connection of its own that comes back after every loss, telling `lost` each time. */
export const listenOn = async (
  url: string,
  channel: string,
  heard: (payload: string) => void,
  lost: () => void,
): Promise<{ end: () => Promise<void> }> => {
  let ended = false
  let client: pg.Client | undefined
  let retry: NodeJS.Timeout | undefined
  const connect = async (): Promise<void> => {
    const next = new pg.Client({ connectionString: url, application_name: 'understudy-listen' })
    client = next
    let gone = false
    const again = (): void => {
      if (gone || ended) return
      gone = true
      lost()
      retry = setTimeout(() => void connect().catch(again), RELISTEN_AFTER_MS)
      retry.unref()
    }
    next.on('error', again)
    next.on('end', again)
    next.on('notification', ({ payload }) => heard(payload ?? ''))
    try {
      await next.connect()
      await next.query(`listen ${pg.escapeIdentifier(channel)}`)
    } catch {
      again()
    }
  }
  await connect()
  return {
    end: async () => {
      ended = true
      clearTimeout(retry)
      await client?.end().catch(() => {})
    },
  }
}
