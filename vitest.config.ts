// vitest: tests in TypeScript, on a test server that is started once and gives each test databases of its own.

import { defineConfig } from 'vitest/config'

export default defineConfig({
    test: {
        include: ['tests/**/*.test.ts'],
        globalSetup: 'tests/support/global-setup.ts',
        // Processes and databases are slow where the machine is busy.
        testTimeout: 180_000,
        hookTimeout: 120_000,
        maxWorkers: 2,
    },
})
