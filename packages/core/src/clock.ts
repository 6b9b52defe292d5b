/** Where time comes from: nothing in core asks the machine. */
export type Clock = { now(): Date }

export const wallClock: Clock = { now: () => new Date() }
