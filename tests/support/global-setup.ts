// Starts the test server and builds the template before the first test; the tests learn where by `inject`.

import type { TestProject } from 'vitest/node'
import { ensureTemplate, startTestServer } from '../../scripts/lib/template.ts'

declare module 'vitest' {
    interface ProvidedContext {
        testServer: { adminUrl: string; template: string }
    }
}

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
    const server = await startTestServer(18)
    try {
        const template = await ensureTemplate(server, 'schema')
        project.provide('testServer', { adminUrl: server.databaseUrl('postgres'), template })
    } catch (error) {
        await server.stop()
        throw error
    }
    return () => server.stop()
}
