// The sweeps over the catalog: every fault is planted in one copy of the package, each in a file of its own, and
// each is seen named by its file.

import { afterAll, beforeAll, expect, test } from 'vitest'
import { accessFindings, writeListing } from '../../scripts/lib/gates/access.ts'
import { line } from '../../scripts/lib/gates/finding.ts'
import { onFolders } from '../../scripts/lib/gates/index.ts'
import { sweepFindings, sweepNames } from '../../scripts/lib/gates/sweeps.ts'
import { type PackageCopy, squashedPackage } from '../migrations/package-copy.ts'
import { adminUrl } from '../support/database.ts'

interface Fault {
    what: string
    sweep: string
    plant(copy: PackageCopy): void
    named: RegExp
}

/** A tenant table that keeps every rule, on which one fault at a time can be planted. */
function table(
    copy: PackageCopy,
    name: string,
    { module = 'core', columns = '', constraints = '', after = '' } = {},
): void {
    const full = `${module}.${name}`
    copy.write(
        `schema/${module}/${name}.sql`,
        `-- Planted.

create table ${full} (
    tenant_id uuid not null,
    id uuid not null default core.new_id(),
${columns}    constraint ${name}_pkey primary key (tenant_id, id)${constraints}
);
comment on table ${full} is 'Planted.';
comment on column ${full}.tenant_id is 'The tenant.';
comment on column ${full}.id is 'The id.';
${after}`,
    )
    copy.write(
        `policies/${module}/${name}.sql`,
        `-- Planted.

alter table ${full} enable row level security;
create policy read_backend on ${full} for select to service_role using (true);
grant select on ${full} to service_role;
`,
    )
    copy.order(module, name)
    copy.write(
        `seeds/reference/990_${module}_${name}.sql`,
        `-- Planted.

insert into ops.table_classes (table_name, tenancy, retention) values ('${full}', 'tenant', 'content');
insert into ops.column_classes (table_name, column_name, pii, audit)
select '${full}', attname, 'none', 'clear' from pg_attribute where attrelid = '${full}'::regclass and attnum > 0;
`,
    )
}

const faults: Fault[] = [
    {
        what: 'a table without policies',
        sweep: 'policy_access',
        plant: (copy) =>
            copy.write(
                'policies/core/tiers.sql',
                '-- Planted.\n\nalter table core.tiers enable row level security;\n',
            ),
        named: /^policies\/core\/tiers\.sql: has row level security, but no policy/,
    },
    {
        what: 'a table without a policy file',
        sweep: 'row_security',
        plant: (copy) => copy.remove('policies/core/tier_limits.sql'),
        named: /^policies\/core\/tier_limits\.sql: row level security is off/,
    },
    {
        what: 'a policy without its grant',
        sweep: 'policy_access',
        plant: (copy) =>
            copy.write(
                'policies/core/settings.sql',
                copy
                    .read('policies/core/settings.sql')
                    .replace(/^grant select on core\.settings to authenticated;\n/m, ''),
            ),
        named: /^policies\/core\/settings\.sql: policy read_manager lets authenticated select, but no grant does/,
    },
    {
        what: 'a grant without its policy',
        sweep: 'policy_access',
        plant: (copy) =>
            copy.append('policies/core/quotas.sql', 'grant delete on core.quotas to authenticated;\n'),
        named: /^policies\/core\/quotas\.sql: authenticated is granted delete, but no policy lets it/,
    },
    {
        what: 'a function in a policy that its role may not execute',
        sweep: 'policy_access',
        plant: (copy) =>
            copy.append(
                'functions/core/reach.sql',
                'revoke execute on function core.reach(integer) from authenticated;\n',
            ),
        named: /^policies\/core\/roles\.sql: authenticated meets core\.reach\(integer\) in policy read_member/,
    },
    {
        what: 'a policy for everybody',
        sweep: 'policy_form',
        plant: (copy) =>
            copy.append(
                'policies/core/permissions.sql',
                'create policy read_everybody on core.permissions for select using (true);\n',
            ),
        named: /^policies\/core\/permissions\.sql: policy read_everybody is for everybody/,
    },
    {
        what: 'a policy that is not named after what it lets do',
        sweep: 'policy_form',
        plant: (copy) =>
            copy.append(
                'policies/core/roles.sql',
                'create policy see_all on core.roles for select to service_role using (true);\n',
            ),
        named: /^policies\/core\/roles\.sql: policy see_all is for read, and is not named so/,
    },
    {
        what: 'a policy that calls a function of the row',
        sweep: 'policy_form',
        plant: (copy) =>
            copy.append(
                'policies/core/sanctions.sql',
                "create policy read_slow on core.sanctions for select to authenticated using (core.can('member.read', scope_id));\n",
            ),
        named: /^policies\/core\/sanctions\.sql: policy read_slow calls core\.can with a column of the row/,
    },
    {
        what: 'policies of two tables that read each other',
        sweep: 'policy_cycles',
        plant: (copy) => {
            copy.append(
                'policies/core/feature_flags.sql',
                'create policy read_loop on core.feature_flags for select to authenticated using (exists (select from core.platform_config c));\n',
            )
            copy.append(
                'policies/core/platform_config.sql',
                'create policy read_loop on core.platform_config for select to authenticated using (exists (select from core.feature_flags f));\n',
            )
        },
        named: /^policies\/core\/feature_flags\.sql: its policies read a table whose policies lead back/,
    },
    {
        what: 'an update grant on the whole table',
        sweep: 'grant_form',
        plant: (copy) =>
            copy.append(
                'policies/core/project_themes.sql',
                'grant update on core.project_themes to service_role;\n',
            ),
        named: /^policies\/core\/project_themes\.sql: service_role is granted update on the whole table/,
    },
    {
        what: 'an update grant on a key',
        sweep: 'grant_form',
        plant: (copy) =>
            copy.append(
                'policies/core/projects.sql',
                'grant update (tenant_id) on core.projects to service_role;\n',
            ),
        named: /^policies\/core\/projects\.sql: service_role may update tenant_id, which never changes/,
    },
    {
        what: 'a table without a comment',
        sweep: 'comments',
        plant: (copy) =>
            copy.append('schema/core/identities.sql', 'comment on table core.identities is null;\n'),
        named: /^schema\/core\/identities\.sql: table core\.identities has no comment/,
    },
    {
        what: 'a column without a comment',
        sweep: 'comments',
        plant: (copy) =>
            copy.append('schema/core/invitations.sql', 'comment on column core.invitations.uses is null;\n'),
        named: /^schema\/core\/invitations\.sql: column core\.invitations\.uses has no comment/,
    },
    {
        what: 'a function without a comment',
        sweep: 'comments',
        plant: (copy) =>
            copy.append('functions/core/new_id.sql', 'comment on function core.new_id() is null;\n'),
        named: /^functions\/core\/new_id\.sql: function core\.new_id\(\) has no comment/,
    },
    {
        what: 'a foreign key without an index',
        sweep: 'foreign_key_indexes',
        plant: (copy) =>
            copy.append('schema/core/memberships.sql', 'drop index core.memberships_invited_by_idx;\n'),
        named: /^schema\/core\/memberships\.sql: foreign key memberships_invited_by_fkey has no index \(write: create index memberships_invited_by_idx/,
    },
    {
        what: 'an index that a key makes needless',
        sweep: 'spare_indexes',
        plant: (copy) =>
            copy.append(
                'schema/core/memberships.sql',
                'create index memberships_planted_idx on core.memberships (tenant_id, id, status);\n',
            ),
        named: /^schema\/core\/memberships\.sql: index memberships_planted_idx begins with all of memberships_pkey/,
    },
    {
        what: 'a primary key without tenant_id',
        sweep: 'tenant_keys',
        plant: (copy) => {
            table(copy, 'planted_keys')
            copy.edit('schema/core/planted_keys.sql', 'primary key (tenant_id, id)', 'primary key (id)')
        },
        named: /^schema\/core\/planted_keys\.sql: primary key does not begin with tenant_id/,
    },
    {
        what: 'a unique key without tenant_id',
        sweep: 'tenant_keys',
        plant: (copy) =>
            table(copy, 'planted_uniques', {
                columns: '    code text not null,\n',
                constraints: ',\n    constraint planted_uniques_code_key unique (code)',
                after: "comment on column core.planted_uniques.code is 'A code.';\n",
            }),
        named: /^schema\/core\/planted_uniques\.sql: key planted_uniques_code_key does not contain tenant_id/,
    },
    {
        what: 'a foreign key between tenants',
        sweep: 'tenant_references',
        plant: (copy) => {
            copy.edit(
                'schema/core/scopes.sql',
                /constraint scopes_pkey primary key \(tenant_id, id\)/,
                'constraint scopes_pkey primary key (tenant_id, id),\n    constraint scopes_id_key unique (id)',
            )
            table(copy, 'planted_references', {
                columns: '    scope_id uuid not null,\n',
                constraints:
                    ',\n    constraint planted_references_scope_id_fkey foreign key (scope_id) references core.scopes (id)',
                after: "create index planted_references_scope_id_idx on core.planted_references (scope_id);\ncomment on column core.planted_references.scope_id is 'A scope.';\n",
            })
        },
        named: /^schema\/core\/planted_references\.sql: foreign key planted_references_scope_id_fkey does not carry tenant_id/,
    },
    {
        what: 'a key of several columns that is set null',
        sweep: 'tenant_references',
        plant: (copy) =>
            table(copy, 'planted_nulls', {
                columns: '    scope_id uuid,\n',
                constraints:
                    ',\n    constraint planted_nulls_scope_id_fkey foreign key (tenant_id, scope_id) references core.scopes (tenant_id, id) on delete set null',
                after: "create index planted_nulls_scope_id_idx on core.planted_nulls (tenant_id, scope_id);\ncomment on column core.planted_nulls.scope_id is 'A scope.';\n",
            }),
        named: /^schema\/core\/planted_nulls\.sql: foreign key planted_nulls_scope_id_fkey of several columns is set null/,
    },
    {
        what: 'a table that is not in the registry',
        sweep: 'registry',
        plant: (copy) =>
            copy.write(
                'seeds/reference/995_planted.sql',
                "-- Planted.\n\ndelete from ops.table_classes where table_name = 'ops.jobs';\n",
            ),
        named: /^schema\/ops\/jobs\.sql: table ops\.jobs is not in the registry/,
    },
    {
        what: 'a column that is not in the registry',
        sweep: 'registry',
        plant: (copy) =>
            copy.append(
                'schema/ops/outbox.sql',
                "alter table ops.outbox add column planted text;\ncomment on column ops.outbox.planted is 'Planted.';\n",
            ),
        named: /^schema\/ops\/outbox\.sql: column ops\.outbox\.planted is not in the registry/,
    },
    {
        what: 'a capture that sleeps in replica role',
        sweep: 'capture',
        plant: (copy) =>
            copy.write(
                'seeds/reference/996_planted.sql',
                '-- Planted.\n\nalter table core.quotas enable trigger _900_capture_delete;\n',
            ),
        named: /^schema\/core\/quotas\.sql: delete of core\.quotas does not reach the log/,
    },
    {
        what: 'a table that was registered after the log had begun',
        sweep: 'capture',
        plant: (copy) => table(copy, 'planted_latecomers'),
        named: /^schema\/core\/planted_latecomers\.sql: truncate of core\.planted_latecomers does not reach the log/,
    },
    {
        what: 'a key that may be changed',
        sweep: 'capture',
        plant: (copy) =>
            copy.write(
                'seeds/reference/997_planted.sql',
                '-- Planted.\n\ndrop trigger _010_freeze_key on core.settings;\n',
            ),
        named: /^schema\/core\/settings\.sql: core\.settings lets its key be changed/,
    },
    {
        what: 'a name that two modules give to a table',
        sweep: 'table_names',
        plant: (copy) => table(copy, 'people', { module: 'ops' }),
        named: /^schema\/ops\/people\.sql: there is another table people: core\.people/,
    },
    {
        what: 'a function that everybody may execute',
        sweep: 'function_safety',
        plant: (copy) =>
            copy.append(
                'functions/core/leave.sql',
                'grant execute on function core.leave(uuid) to public;\n',
            ),
        named: /^functions\/core\/leave\.sql: everybody may execute core\.leave\(scope_id uuid\)/,
    },
    {
        what: 'a definer function that does not pin its search_path',
        sweep: 'function_safety',
        plant: (copy) =>
            copy.append('functions/core/can.sql', 'alter function core.can(text, uuid) reset search_path;\n'),
        named: /^functions\/core\/can\.sql: core\.can\(.*\) does not pin its search_path/,
    },
    {
        what: 'a function that nobody may execute',
        sweep: 'function_safety',
        plant: (copy) =>
            copy.write(
                'functions/core/planted.sql',
                "-- Planted.\n\ncreate or replace function core.planted()\nreturns integer\nlanguage sql\nimmutable\nset search_path = pg_catalog, pg_temp\nas $$ select 1 $$;\n\ncomment on function core.planted() is 'Planted.';\n",
            ),
        named: /^functions\/core\/planted\.sql: nobody may execute core\.planted\(\)/,
    },
    {
        what: 'a constraint with a name of its own',
        sweep: 'names',
        plant: (copy) =>
            copy.append(
                'schema/core/capabilities.sql',
                'alter table core.capabilities add constraint odd check (true);\n',
            ),
        named: /^schema\/core\/capabilities\.sql: constraint odd of core\.capabilities is not named as the rest/,
    },
    {
        what: 'an enum value that GraphQL refuses',
        sweep: 'names',
        plant: (copy) =>
            copy.append(
                'schema/core/_module.sql',
                "create type core.planted_kind as enum ('not-good');\ncomment on type core.planted_kind is 'Planted.';\n",
            ),
        named: /^schema\/core\/_module\.sql: enum value not-good of core\.planted_kind/,
    },
    {
        what: 'a float',
        sweep: 'column_types',
        plant: (copy) =>
            table(copy, 'planted_floats', {
                columns: '    amount real,\n',
                after: "comment on column core.planted_floats.amount is 'An amount.';\n",
            }),
        named: /^schema\/core\/planted_floats\.sql: column amount is real/,
    },
    {
        what: "a view that looks with its owner's eyes",
        sweep: 'ownership',
        plant: (copy) =>
            copy.write(
                'schema/core/views/planted_names.sql',
                "-- Planted.\n\ncreate or replace view core.planted_names as select name from core.tiers;\ncomment on view core.planted_names is 'Planted.';\n",
            ),
        named: /^schema\/core\/views\/planted_names\.sql: view core\.planted_names looks with its owner's eyes/,
    },
    {
        what: 'an exception that excuses nothing',
        sweep: 'comments',
        plant: (copy) => copy.append('schema/core/people.sql', '-- except comments: there is no need to\n'),
        named: /^schema\/core\/people\.sql: the exception "except comments" excuses nothing/,
    },
]

let spoilt: PackageCopy
let found: string[] = []
let unlisted: string[] = []

beforeAll(async () => {
    spoilt = await squashedPackage()
    await onFolders(adminUrl(), spoilt.root, (url) => writeListing(url, spoilt.root))
    for (const { plant } of faults) plant(spoilt)
    await onFolders(adminUrl(), spoilt.root, async (url) => {
        found = (await sweepFindings(url, spoilt.root)).map(line)
        unlisted = (await accessFindings(url, spoilt.root)).map(line)
    })
})
afterAll(() => spoilt.dispose())

test.each(faults)('$what is named', ({ named }) => {
    expect(found).toContainEqual(expect.stringMatching(named))
})

test('every sweep has a fault that it finds', () => {
    expect(sweepNames().filter((name) => !faults.some(({ sweep }) => sweep === name))).toEqual([])
})

test('access that nobody has listed is named', () => {
    expect(unlisted).toContainEqual(
        expect.stringMatching(
            /^functions\/core\/leave\.sql: .*"execute: .*everybody.*which is not in policies\/listing\.txt \(if it is meant, run `empathy check --write`\)/,
        ),
    )
    expect(unlisted).toContainEqual(
        expect.stringMatching(/^policies\/core\/quotas\.sql: core\.quotas has "authenticated: delete/),
    )
})

test('access that is listed, and gone, is named', () => {
    expect(unlisted).toContainEqual(
        expect.stringMatching(/^policies\/core\/settings\.sql: core\.settings lacks "authenticated: select"/),
    )
})
