// How mutants are made of texts: conditions that lose an arm, function bodies that lose a refusal.

import { expect, test } from 'vitest'
import { withoutArms } from '../../scripts/lib/mutants/arms.ts'
import { whyRedundant } from '../../scripts/lib/mutants/redundant.ts'
import { withoutRefusals } from '../../scripts/lib/mutants/refusals.ts'

const texts = (variants: { text: string }[]): string[] =>
    variants.map(({ text }) => text.replace(/\s+/g, ' '))

test('every arm of a chain is left out in turn', () => {
    expect(texts(withoutArms('((a = 1) AND (b = 2) AND (c = 3))'))).toEqual([
        '( (b = 2) AND (c = 3))',
        '((a = 1) AND (c = 3))',
        '((a = 1) AND (b = 2) )',
    ])
})

test('a chain inside a chain, or inside a subquery, loses its arms, too', () => {
    const condition = '((a OR b) AND (id IN ( SELECT x FROM t WHERE (c AND d))))'
    expect(withoutArms(condition).map(({ without }) => without)).toEqual([
        'a',
        'b',
        'c',
        'd',
        '(a OR b)',
        '(id IN ( SELECT x FROM t WHERE (c AND d)))',
    ])
})

test('what is quoted, and the "and" of a "between", are no arms', () => {
    expect(withoutArms(`((name = 'this and (that or those)'))`)).toEqual([])
    expect(withoutArms('(x BETWEEN SYMMETRIC 1 AND 2)')).toEqual([])
})

test('a demand, a refusal and an exception are each taken out once', () => {
    const body = `
declare
    me constant uuid := core._require_me();
begin
    perform core._require('member.invite', scope_id); -- perform core._refuse('in a comment');
    if scope_id is null then
        perform core._refuse('barred', 'a;b');
    end if;
    perform core._require_grantable(r.id, scope_id)
    from core.roles r;
    raise notice 'perform core._refuse()';
    raise exception 'no % here', me;
end
`
    const variants = withoutRefusals(body)
    expect(variants.map(({ without }) => without)).toEqual([
        '_require_me',
        "perform core._require('member.invite', scope_id)",
        "perform core._refuse('barred', 'a;b')",
        'perform core._require_grantable(r.id, scope_id) from core.roles r',
        "raise exception 'no % here', me",
    ])
    expect(variants[0]?.text).toContain('me constant uuid := core.me();')
    expect(variants[2]?.text).toContain('if scope_id is null then\n        null;\n    end if;')
})

test('conditions of functions end where the next clause begins', () => {
    const body = `
    if a is null or b::text <> 'x' then
        return query select c, (d and e) as f from t join u on u.id = t.id and u.x where g -- and not this
            and h is distinct from i order by 1;
    end if;
    was := j and k;`
    expect(withoutArms(body).map(({ without }) => without)).toEqual([
        'a is null',
        "b::text <> 'x'",
        'd',
        'e',
        'u.id = t.id',
        'u.x',
        'g',
        'h is distinct from i',
        'j',
        'k',
    ])
})

test('a tenant beside an id is redundant; beside a name or a person it is not', () => {
    const redundant = (condition: string): string[] =>
        withoutArms(condition)
            .filter(whyRedundant)
            .map(({ without }) => without)
    expect(redundant('q.tenant_id = s.tenant_id and q.scope_id = s.id')).toEqual([
        'q.tenant_id = s.tenant_id',
    ])
    expect(redundant('r.tenant_id = s.tenant_id and r.key = key')).toEqual([])
    expect(redundant('m.tenant_id = s.tenant_id and m.person_id = me')).toEqual([])
})
