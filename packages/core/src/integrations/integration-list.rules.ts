import { type Fragment, fragment } from '../pages/index.ts'

/** Which integrations a list holds, and in which order; what is undefined does not matter. */
export type IntegrationList = {
  sortBy: 'createdAt' | 'updatedAt' | 'name' | 'popularity' | 'installCount'
  direction: 'asc' | 'desc'
  name?: string | undefined
  ids?: string[] | undefined
  visibility?: string | undefined
  verificationStatus?: string | undefined
  installedByBotId?: string | undefined
  interfaceId?: string | undefined
  interfaceName?: string | undefined
  search?: string | undefined
  /** the filter as it was asked for: `ids` may change from page to page */
  frozen: unknown
}

const BY_INSTALLATIONS = {
  by: '(select count(*) from installations i where i.integration_id = n.id and i.removed_at is null)',
  type: 'bigint',
} as const

const SORTS = {
  createdAt: { by: 'n.created_at', type: 'timestamptz' },
  updatedAt: { by: 'n.updated_at', type: 'timestamptz' },
  name: { by: 'f.name collate "C"', type: 'text' },
  // Nothing else is counted here that says how much something is liked.
  popularity: BY_INSTALLATIONS,
  installCount: BY_INSTALLATIONS,
} as const

export const sortOf = ({ sortBy }: IntegrationList) => SORTS[sortBy]

const SEARCHED = `lower(concat_ws(chr(10), f.name, n.title, n.description, array_to_string(n.action_names || n.interface_names, chr(10))))`

/** What the rows `n` of a list, of families `f`, have to fulfil. */
export const wheresOf = (list: IntegrationList): Fragment[] =>
  [
    ['f.name = {}', list.name],
    ['n.id = any({}::uuid[])', list.ids],
    ['n.visibility = {}', list.visibility],
    ['n.verification_status = {}', list.verificationStatus],
    [
      `exists (select from installations i
        where i.integration_id = n.id and i.removed_at is null and i.bot_id = {}::uuid)`,
      list.installedByBotId,
    ],
    [
      'exists (select from implementations m where m.integration_id = n.id and m.interface_id = {}::uuid)',
      list.interfaceId,
    ],
    ['{} = any(n.interface_names)', list.interfaceName],
    [`strpos(${SEARCHED}, lower({})) > 0`, list.search],
  ].flatMap(([sql, value]) => (value === undefined ? [] : [fragment(sql as string, value)]))
