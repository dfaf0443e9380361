// The gates that compare databases: folders with migrations, graphile-migrate with dbmate, before with after a down.

import { afterAll, beforeAll, expect, test } from 'vitest'
import { buildEquality, runnerEquality, upDownUp } from '../../scripts/lib/gates/equality.ts'
import { type Finding, line } from '../../scripts/lib/gates/finding.ts'
import { type PackageCopy, squashedPackage } from '../migrations/package-copy.ts'
import { adminUrl } from '../support/database.ts'

const baseline = '000001-foundation.sql'

let sound: PackageCopy
beforeAll(async () => {
    sound = await squashedPackage()
})
afterAll(() => sound.dispose())

async function findings(
    gate: (serverUrl: string, root: string) => Promise<Finding[]>,
    spoil: (copy: PackageCopy) => void = () => undefined,
): Promise<string[]> {
    const copy = sound.copy()
    try {
        spoil(copy)
        return (await gate(adminUrl(), copy.root)).map(line)
    } finally {
        copy.dispose()
    }
}

test('folders and migrations make the same database', async () => {
    expect(await findings(buildEquality)).toEqual([])
})

test('what folders and migrations do not share is named by its file', async () => {
    const found = await findings(buildEquality, (copy) => {
        copy.append('schema/core/people.sql', 'alter table core.people add column planted text;\n')
        copy.append('schema/core/tiers.sql', "comment on table core.tiers is 'Planted.';\n")
        copy.append('schema/core/settings.sql', 'alter table core.settings disable trigger _020_touch;\n')
        copy.append(
            'policies/core/organizations.sql',
            'grant delete on core.organizations to service_role;\n',
        )
        copy.append(
            'functions/core/can.sql',
            'revoke execute on function core.can(text, uuid) from authenticated;\n',
        )
        copy.write(
            'functions/core/planted.sql',
            '-- Planted.\n\ncreate function core.planted() returns int language sql return 1;\n',
        )
        copy.append('seeds/reference/010_errors.sql', "\nupdate core.error_codes set message = 'Planted.';\n")
    })
    expect(found).toEqual([
        expect.stringMatching(
            /^schema\/core\/people\.sql: column core\.people\.planted is made by the folders, but by no migration/,
        ),
        expect.stringMatching(/^schema\/core\/tiers\.sql: comment on table core\.tiers differs: .*Planted/),
        expect.stringMatching(
            /^functions\/core\/planted\.sql: function core\.planted\(\) is made by the folders, but by no migration/,
        ),
        expect.stringMatching(/^functions\/core\/can\.sql: privileges on function core\.can\(.*\) differs/),
        expect.stringMatching(
            /^policies\/core\/organizations\.sql: privileges on table core\.organizations differs: .*delete/,
        ),
        expect.stringMatching(/^seeds\/reference\/010_errors\.sql: rows of core\.error_codes differs/),
        expect.stringMatching(
            /^schema\/core\/settings\.sql: trigger core\.settings\._020_touch differs: "enabled" \/ "disabled"|^schema\/core\/settings\.sql: trigger core\.settings\._020_touch differs/,
        ),
    ])
})

test('up, down and up again lead where they should', async () => {
    expect(await findings(upDownUp)).toEqual([])
})

test('a down that does not lead back is named, with what it leaves', async () => {
    const found = await findings(upDownUp, (copy) =>
        copy.edit(`migrations/down/${baseline}`, 'drop schema ops cascade;\n', ''),
    )
    expect(found).toContainEqual(
        expect.stringMatching(
            /^migrations\/down\/000001-foundation\.sql: does not lead back: schema ops is in after up and down/,
        ),
    )
})

test('a down that does not run is named, with the error', async () => {
    const found = await findings(upDownUp, (copy) =>
        copy.append(`migrations/down/${baseline}`, 'drop table core.nothing;\n'),
    )
    expect(found).toEqual([
        expect.stringMatching(
            /^migrations\/down\/000001-foundation\.sql: does not run: .*schema "core" does not exist/,
        ),
    ])
})

test('dbmate alone makes the same database, privileges included, and takes it back', async () => {
    expect(await findings(runnerEquality)).toEqual([])
})

test('a privilege that only one runner gives is named', async () => {
    const found = await findings(runnerEquality, (copy) =>
        copy.edit(`migrations/dbmate/${baseline}`, 'grant select on core.tiers to authenticated;', ''),
    )
    expect(found).toEqual([
        expect.stringMatching(
            /^migrations\/dbmate: privileges on table core\.tiers differs: .*policies\/core\/tiers\.sql/,
        ),
    ])
})
