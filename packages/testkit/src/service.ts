/** A service for the length of a test run. */
export type Service = { url: string; from: string; stop: () => Promise<void> }
