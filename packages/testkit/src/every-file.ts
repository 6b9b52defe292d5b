import { afterAll } from 'vitest'
import { dropDatabases } from './database.ts'

// Run again for every test file, unlike the modules it imports.
afterAll(dropDatabases)
