// A month is put away while somebody changes a row whose newest change is in it: what is noted of the row is not older
// than what they write.

import { setTimeout as wait } from 'node:timers/promises'
import { Client } from 'pg'
import { expect, test } from 'vitest'
import { freshDatabase } from '../support/database.ts'

test('a row that changes while its month is put away is as its newest change says', async () => {
    const database = await freshDatabase()
    const connect = async (): Promise<Client> => {
        const client = new Client({ connectionString: database.url })
        await client.connect()
        return client
    }
    const [keeper, writer] = [await connect(), await connect()]
    try {
        // The clock cannot be set back, so what the seeds wrote is moved by force.
        await keeper.query(`
            begin;
            set local role empathy_owner;
            select audit._make_month('changes', 'recorded_at', '2001-01-01');
            alter table audit.changes disable trigger _010_erase_only;
            update audit.changes set recorded_at = '2001-01-15' where table_name = 'core.tiers';
            alter table audit.changes enable always trigger _010_erase_only;
            select audit._record_safeguards();
            commit;
            select audit.seal();
        `)
        await writer.query(`begin; update core.tiers set name = 'For nothing' where key = 'FREE'`)
        const putAway = keeper.query(`select audit.archive_month('2001-01-01')`)
        await wait(500)
        await writer.query('commit')
        await putAway

        const { rows } = await keeper.query('select * from audit.verify(audit.platform())')
        expect(rows).toEqual([])
    } finally {
        await Promise.all([keeper.end(), writer.end()])
        await database.drop()
    }
})
