import { type Credentials, exportLines } from '@understudy/core'

export type BannerFacts = {
  credentials: Credentials
  /** where `credentials` lie for scripts to source */
  credentialsFile: string
  /** which database, and where its data are */
  persistence: string
  /** whether developers may open tunnels */
  hasTunnels: boolean
}

/** What the operator reads when the server is ready: everything needed to point a program at it. */
export const banner = ({ credentials, credentialsFile, persistence, hasTunnels }: BannerFacts): string => {
  const { BP_API_URL: url, BP_TOKEN: token = '<your token>', BP_WORKSPACE_ID: workspace, BP_BOT_ID: bot } = credentials
  return [
    '',
    `  Understudy is ready at ${url}`,
    '',
    `  Shape      one process; ${persistence}`,
    `  API        ${url}/v1, described at ${url}/docs and ${url}/openapi.json`,
    `  Emulator   ${credentials.EMULATOR_URL}  (open it in a browser to talk to the demo bot)`,
    `  Token      ${credentials.BP_TOKEN ?? 'the one made at the first start of this database'}  (personal access token)`,
    '',
    `  For your shell (also in ${credentialsFile}):`,
    '',
    ...exportLines(credentials).map((line) => `    ${line}`),
    '',
    '  For the official command-line tool:',
    '',
    `    bp login --api-url ${url} --token ${token} --workspace-id ${workspace}`,
    ...(hasTunnels ? [`    bp dev --tunnel-url ${url}`] : []),
    '',
    '  To see that it answers:',
    '',
    `    curl ${url}/v1/chat/users -H 'Authorization: Bearer ${token}' -H 'x-bot-id: ${bot}'`,
    '',
    '',
  ].join('\n')
}
