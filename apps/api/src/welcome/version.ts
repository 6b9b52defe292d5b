/** The version of the server; `package.json` has the same, a test says so. */
export const VERSION = '0.1.0'
