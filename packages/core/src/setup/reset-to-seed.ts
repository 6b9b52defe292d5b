import type { Statement } from '@understudy/db'
import type { PlatformContext } from '../context.ts'
import { findHome, type Home, makeHome } from './first-run.ts'

/** How much there is beside what the first run made. */
export type Belongings = { bots: number; integrations: number; conversations: number; files: number }

const BELONGINGS: Statement = {
  name: 'setup.belongings',
  text: `
    select (select count(*) from bots where id::text is distinct from $1)::int as bots,
      (select count(*) from integrations where id::text is distinct from $2)::int as integrations,
      (select count(*) from conversations)::int as conversations,
      (select count(*) from storage_files)::int as files`,
}

/** What a reset takes away for good. */
export const belongings = async (platform: PlatformContext): Promise<Belongings> => {
  const home = await findHome(platform)
  return platform.db.one<Belongings>(BELONGINGS, [home?.botId ?? null, home?.emulatorIntegrationId ?? null])
}

// What the server goes by stays: its migrations, the canary of its key, how its clock is set and who follows it.
const EMPTY: Statement = {
  name: 'setup.empty',
  text: `
    do $$
    begin
      execute (
        select 'truncate ' || string_agg(quote_ident(tablename), ', ')
        from pg_tables
        where schemaname = current_schema()
          and tablename not in ('_prisma_migrations', 'server_facts', 'clock_followers', 'signing_keys'));
      delete from server_facts where name = 'first-run';
    end $$`,
}

/**
 * Takes everything away and makes anew what the first run made, under the same ids and with the same token: programs that
 * were pointed here stay so. All at once, also beside a server that is at work.
 * @param token the one that lets programs in; a new one is made where there is none
 */
export const resetToSeed = (platform: PlatformContext, token: string | undefined): Promise<Home> =>
  platform.db.asOne(async (db) => {
    const ctx = { ...platform, db }
    const known = await findHome(ctx)
    await db.rows(EMPTY, [])
    return makeHome(ctx, { ...known, token })
  })
