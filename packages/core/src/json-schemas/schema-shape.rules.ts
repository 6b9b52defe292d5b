/** Levels of nesting; every one is a level of the stack of whoever compiles it. */
const DEPTH_MAX = 100

/** Members of objects, and what else may be a subschema: each costs the compiler about 0.1 ms. */
const PARTS_MAX = 8000

/**
 * Refuses what would keep a compiler busy for long, whatever it means.
 * @throws Error saying what there is too much of
 */
export const checkShape = (schema: object): void => {
  let parts = 0
  // Not recursive: how deep it goes is only known afterwards.
  const ahead: [value: unknown, depth: number][] = [[schema, 1]]
  for (let next = ahead.pop(); next; next = ahead.pop()) {
    const [value, depth] = next
    if (typeof value !== 'object' || value === null) continue
    if (depth > DEPTH_MAX) throw new Error(`it is nested deeper than ${DEPTH_MAX} levels`)
    const members = Object.values(value) as unknown[]
    // Long lists of texts and numbers, as in an enum, cost next to nothing.
    parts += Array.isArray(value)
      ? members.filter((one) => typeof one === 'object' || typeof one === 'boolean').length
      : members.length
    if (parts > PARTS_MAX) throw new Error(`it has more than ${PARTS_MAX} parts`)
    for (const member of members) ahead.push([member, depth + 1])
  }
}
