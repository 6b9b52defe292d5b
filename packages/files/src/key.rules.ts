const KEY = /^([\w-]+)\/([\w-]+)$/

/** A key's area and its name there. @throws for what is no key */
export const partsOf = (key: string): { area: string; name: string } => {
  const [, area, name] = KEY.exec(key) ?? []
  if (area === undefined || name === undefined) throw new Error(`"${key}" is no key.`)
  return { area, name }
}
