/** A row that came as JSON has PostgreSQL's spelling of a timestamp. */
export const withIsoTimes = <Row extends { created_at: string; updated_at?: string }>(row: Row): Row => ({
  ...row,
  created_at: new Date(row.created_at).toISOString(),
  ...(row.updated_at === undefined ? {} : { updated_at: new Date(row.updated_at).toISOString() }),
})
