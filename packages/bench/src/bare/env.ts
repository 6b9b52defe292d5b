export const env = {
  databaseUrl: process.env['DATABASE_URL'],
  port: Number(process.env['PORT']),
}
