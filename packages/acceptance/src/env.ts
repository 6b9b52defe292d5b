/**
 * Where the journeys run. Without `ACCEPTANCE_URL` the suite starts servers of its own; with it, the journeys run against
 * that server, with a token that may administer the workspace. `ACCEPTANCE_WITHOUT` names operations, separated by commas,
 * that they shall do without: those that the API which their answers are held against does not have.
 * `ACCEPTANCE_RACE_ROUNDS` is how often each race is run.
 */
export const env = {
  url: process.env['ACCEPTANCE_URL'],
  token: process.env['ACCEPTANCE_TOKEN'],
  workspaceId: process.env['ACCEPTANCE_WORKSPACE_ID'],
  without: new Set(process.env['ACCEPTANCE_WITHOUT']?.split(',')),
  raceRounds: Number(process.env['ACCEPTANCE_RACE_ROUNDS'] ?? 200),
  path: process.env['PATH'],
  /** How many creates the search for a loss makes, and over how long; longer at night. */
  chaos: {
    creates: Number(process.env['CHAOS_CREATES'] ?? 600),
    seconds: Number(process.env['CHAOS_SECONDS'] ?? 12),
    /** how far ahead a part of them is scheduled at most */
    aheadSeconds: Number(process.env['CHAOS_AHEAD_SECONDS'] ?? 6),
  },
}
