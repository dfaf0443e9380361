// What `make bench` asks is asked here of a small world, where nothing takes long: each way of answering a question has
// to answer the same, or the benchmark measures something else than it says.

import { expect, test } from 'vitest'
import { runBench } from '../../scripts/lib/bench.ts'
import { compareApiAnswers, fillWorld } from '../../scripts/lib/bench-api.ts'
import { freshDatabase } from '../support/database.ts'
import { loginUrl } from '../support/logins.ts'

test('the questions about works are answered alike by all that they are measured beside', async () => {
    const database = await freshDatabase()
    try {
        const results = await runBench(
            database.url,
            { module: 'content', size: 2000 },
            undefined,
            () => undefined,
        )
        expect(results.map(({ question }) => question)).toContain('withdrawal')
        expect(results.filter(({ alternatives }) => alternatives.length === 0)).toEqual([])
    } finally {
        await database.drop()
    }
})

test('the dashboards of a teller are answered alike by all that they are measured beside', async () => {
    const database = await freshDatabase()
    try {
        const results = await runBench(
            database.url,
            { module: 'stories', size: 1500 },
            undefined,
            () => undefined,
        )
        expect(results.map(({ question }) => question)).toEqual(['dashboard', 'dashboard-page', 'uses'])
        expect(results.filter(({ alternatives }) => alternatives.length === 0)).toEqual([])
    } finally {
        await database.drop()
    }
})

test('the questions about a ledger are answered alike by all that they are measured beside', async () => {
    const database = await freshDatabase()
    try {
        const results = await runBench(
            database.url,
            { module: 'value', size: 2000 },
            undefined,
            () => undefined,
        )
        expect(results.map(({ question }) => question)).toContain('balance-halfway')
        expect(results.filter(({ alternatives }) => alternatives.length === 0)).toEqual([])
    } finally {
        await database.drop()
    }
})

test('figures come to the same as a view over works, and are read as what was released', async () => {
    const database = await freshDatabase()
    try {
        const results = await runBench(
            database.url,
            { module: 'insights', size: 8000 },
            undefined,
            () => undefined,
        )
        expect(results.map(({ question }) => question)).toContain('release')
        expect(results.filter(({ alternatives }) => alternatives.length === 0)).toEqual([])
    } finally {
        await database.drop()
    }
})

test('the API and the servers that it is measured beside answer alike', async () => {
    const database = await freshDatabase()
    try {
        await fillWorld(database.url, 2000)
        const authenticator = await loginUrl(database.url, 'authenticator')
        const compared = await compareApiAnswers({ database: database.url, authenticator })
        expect(compared).toEqual(['list', 'one', 'create'])
    } finally {
        await database.drop()
    }
})
