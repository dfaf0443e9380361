-- What the tide wall brought in, and how Reedbank means to share it: a licence that was paid, a share that is put to
-- the elders, something given between two, and something set aside for work to come. It is made once.

do $value$
declare
    saltmarsh constant uuid := pg_temp.place('saltmarsh');
    outside uuid;
    reedbank uuid;
    licence uuid;
begin
    if exists (select from value.assets) or saltmarsh is null then
        return;
    end if;

    perform pg_temp.speak('ilvane');
    perform value.create_asset(saltmarsh, 'EUR', 'currency', 2, 'Euro');
    perform value.create_asset(saltmarsh, 'HOURS', 'credit', 0, 'Hours of help');
    outside := value.open_account(saltmarsh, 'EUR', system_key => 'outside', may_go_negative => true);
    perform pg_temp.speak('quessa');
    reedbank := value.open_account(saltmarsh, 'EUR', scope_id => pg_temp.place('reedbank'));

    -- A film pays for the story, with what the community agreed to.
    perform pg_temp.speak('ilvane');
    licence := value.make_transfer(
        'licence 2026-1', 'licence', array[row(outside, -24000), row(reedbank, 24000)]::value.leg[],
        effective_on => '2026-03-02', reason => 'A film about walls.'
    );
    perform pg_temp.speak('quessa');
    perform value.propose_distribution(
        value.record_event(
            'licence', 'EUR', 24000, work_id => pg_temp.story('The tide wall'), transfer_id => licence,
            occurred_on => '2026-03-02', metrics => '{"minutes": 4}'
        ),
        'Share what the film paid for The tide wall?',
        'A quarter stays with Reedbank; the rest in equal parts for those who had a hand in it.'
    );

    -- Hours are given from one to another, and set aside until the work is done.
    perform pg_temp.speak('nimbrey');
    perform value.open_account(saltmarsh, 'HOURS', person_id => pg_temp.person('nimbrey'));
    perform pg_temp.speak('quessa');
    perform value.open_account(saltmarsh, 'HOURS', person_id => pg_temp.person('quessa'));
    perform pg_temp.speak('ilvane');
    perform value.open_account(saltmarsh, 'HOURS', system_key => 'promised', may_go_negative => true);
    perform value.make_transfer(
        'hours ' || a.id, 'promise',
        array[row(p.id, -10), row(a.id, 10)]::value.leg[]
    )
    from value.accounts p
    join value.accounts a on a.tenant_id = p.tenant_id and a.asset = p.asset and a.person_id is not null
    where p.tenant_id = saltmarsh and p.system_key = 'promised';
    perform pg_temp.speak('nimbrey');
    perform value.make_transfer(
        'translation', 'bounty',
        array[row(mine.id, -3), row(hers.id, 3)]::value.leg[], pending => true,
        reason => 'To put the story into her mother''s words.'
    )
    from value.accounts mine
    join value.accounts hers on hers.tenant_id = mine.tenant_id and hers.asset = mine.asset
    where mine.asset = 'HOURS' and mine.person_id = pg_temp.person('nimbrey')
        and hers.person_id = pg_temp.person('quessa');
    perform pg_temp.speak('');
end
$value$;
