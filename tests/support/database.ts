// Databases for tests: migrated ones, a moment each, and an address to make others.

import { inject } from 'vitest'
import { cloneDatabase, type TestDatabase } from '../../scripts/lib/template.ts'

/** The test server's maintenance database, as superuser. */
export const adminUrl = (): string => inject('testServer').adminUrl

/** A database of one's own with the whole schema and the reference seeds. */
export function freshDatabase(): Promise<TestDatabase> {
    const { adminUrl, template } = inject('testServer')
    return cloneDatabase(adminUrl, template)
}
