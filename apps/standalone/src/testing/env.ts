/** Where npm is found. */
export const env = { path: process.env['PATH'] ?? '' }
