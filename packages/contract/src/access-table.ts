import type { Access, Caller, Operations } from './operation.ts'

/** The contract as a page for reviewers (`docs/access.md`): a change of what somebody may do is a line in its diff. */
export const accessTable = (contract: Readonly<Record<string, Operations>>): string =>
  [
    '# Who may call what',
    '',
    'Generated from the contract: change an operation there, then run `vitest -u`.',
    '',
    '| operation | request | tenant | callers |',
    '| --- | --- | --- | --- |',
    ...Object.values(contract).flatMap((operations) =>
      Object.entries(operations).map(
        ([operationId, { method, path, tenant, access }]) =>
          `| ${operationId} | \`${method} ${path}\` | ${tenant} | ${callersOf(access)} |`,
      ),
    ),
    '',
  ].join('\n')

const callersOf = (access: Access): string => ('public' in access ? 'everybody' : access.callers.map(named).join(', '))

const named = (caller: Caller): string => caller.replace(/^account:(.+)/, 'account ($1 or above)')
