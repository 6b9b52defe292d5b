import { fileURLToPath } from 'node:url'

/** Prisma's folder of them. */
export const MIGRATIONS = fileURLToPath(new URL('../../../prisma/migrations', import.meta.url))
