/** Things by name, and changes of them: null removes a name, a name that is not mentioned stays as it is. */
export const mergeByName = <T>(
  known: Readonly<Record<string, T>>,
  changes: Readonly<Record<string, T | null>> | undefined,
): Record<string, T> => {
  const merged = new Map(Object.entries(known))
  for (const [name, value] of Object.entries(changes ?? {}))
    if (value === null) merged.delete(name)
    else merged.set(name, value)
  return Object.fromEntries(merged)
}

/** What goes by a name; names such as those of Object.prototype are names like any other. */
export const namesake = <T>(things: Readonly<Record<string, T>>, name: string): T | undefined =>
  Object.hasOwn(things, name) ? things[name] : undefined

/** The names that have a value, e.g. of attributes that came with nulls. */
export const withoutNulls = <T>(things: Readonly<Record<string, T | null>> | undefined): Record<string, T> =>
  mergeByName({}, things)

/** Makes something of each thing; nulls stay what they are: the removal of a name. */
export const eachByName = <T, R>(
  things: Readonly<Record<string, T | null>> | undefined,
  make: (thing: T, name: string) => R,
): Record<string, R | null> =>
  Object.fromEntries(
    Object.entries(things ?? {}).map(([name, thing]) => [name, thing === null ? null : make(thing, name)]),
  )

/** A definition whose attributes came with nulls: what is null is not there. */
export const withPlainAttributes = <T extends { attributes?: Record<string, string | null> | undefined }>({
  attributes,
  ...thing
}: T): Omit<T, 'attributes'> & { attributes?: Record<string, string> | undefined } => ({
  ...thing,
  ...(attributes ? { attributes: withoutNulls(attributes) } : {}),
})
