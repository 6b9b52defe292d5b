import type { Db, Statement } from '@understudy/db'

const NAMED: Statement = {
  name: 'code.named',
  text: `
    select code_sha256 from bots where code_sha256 = any($1)
    union
    select code_sha256 from integrations where code_sha256 = any($1)`,
}

const HOLD: Statement = {
  name: 'code.hold',
  text: `select pg_advisory_xact_lock(hashtextextended('code/' || $1, 0))`,
}

/** Which code rows of `bots` and `integrations` name. */
export const codeRepository = {
  /** Which of these digests a row names. */
  named: async (db: Pick<Db, 'rows'>, digests: readonly string[]): Promise<Set<string>> =>
    new Set((await db.rows<{ code_sha256: string }>(NAMED, [digests])).map(({ code_sha256: digest }) => digest)),
  /** Keeps everybody from naming this digest until the transaction ends. */
  hold: (rows: Db['rows'], digest: string) => rows(HOLD, [digest]),
}
