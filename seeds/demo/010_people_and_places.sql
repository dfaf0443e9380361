-- A small world for a first look: two organizations that have nothing to do with each other, a project, three
-- communities, and their people. All of it is invented. It is made once: running this again changes nothing.

do $world$
declare
    -- Stands in for whoever signs people in; scripts/lib/demo.ts signs tokens in its name.
    demo_issuer constant text := 'https://demo.empathy.example';
    comer record;
    saltmarsh uuid;
    shore uuid;
    reedbank uuid;
    lantern uuid;
    highfell uuid;
    hollow uuid;
begin
    if exists (select from core.organizations o where o.slug in ('saltmarsh', 'highfell')) then
        return;
    end if;

    for comer in
        select *
        from (
            values
                ('ilvane', 'Ilvane', 'Founded the Saltmarsh Commons, and owns it.'),
                ('torrick', 'Torrick', 'Runs the Saltmarsh Commons from day to day.'),
                ('mesalie', 'Mesalie', 'Manages the project Living Shore.'),
                ('quessa', 'Quessa', 'Manages Reedbank, and is its steward.'),
                ('havren', 'Havren', 'An elder of Reedbank.'),
                ('nimbrey', 'Nimbrey', 'Tells stories in Reedbank; guardian of Pell.'),
                ('dovik', 'Dovik', 'Manages Lanternfield, and is its steward.'),
                ('ambrel', 'Ambrel', 'Belongs to Lanternfield and to Reedbank.'),
                ('soreth', 'Soreth', 'Founded the Highfell Story House, and is the steward of Cinder Hollow.'),
                ('tavindel', 'Tavindel', 'Tells stories in Cinder Hollow.')
        ) as comers (name, display_name, bio)
    loop
        perform set_config(
            'request.jwt.claims', json_build_object('iss', demo_issuer, 'sub', comer.name)::text, true
        );
        perform core.update_profile(core.register(comer.display_name, comer.name), bio => comer.bio);
    end loop;

    perform set_config('request.jwt.claims', json_build_object('iss', demo_issuer, 'sub', 'ilvane')::text, true);
    saltmarsh := core.create_organization('saltmarsh', 'Saltmarsh Commons');
    perform core.update_scope(
        saltmarsh, description => 'People of one shore, keeping what it tells them.', visibility => 'public'
    );
    shore := core.create_project(
        saltmarsh, 'living-shore', 'Living Shore', 'public', 'What the shore was, is and will be.'
    );
    reedbank := core.create_place(shore, 'community', 'reedbank', 'Reedbank', 'public');
    lantern := core.create_place(shore, 'community', 'lanternfield', 'Lanternfield', 'private');

    perform set_config('request.jwt.claims', json_build_object('iss', demo_issuer, 'sub', 'soreth')::text, true);
    highfell := core.create_organization('highfell', 'Highfell Story House');
    hollow := core.create_place(highfell, 'community', 'cinder-hollow', 'Cinder Hollow', 'organization');

    perform core._join(place.scope_id, i.person_id, place.roles)
    from (
        values
            (saltmarsh, 'torrick', '{admin}'::text[]),
            (saltmarsh, 'mesalie', '{member}'),
            (shore, 'mesalie', '{project_manager}'),
            (reedbank, 'quessa', '{place_manager,steward}'),
            (reedbank, 'havren', '{elder}'),
            (reedbank, 'nimbrey', '{storyteller}'),
            (reedbank, 'ambrel', '{community_member}'),
            (lantern, 'dovik', '{place_manager,steward}'),
            (lantern, 'ambrel', '{storyteller}'),
            (hollow, 'tavindel', '{storyteller}')
    ) as place (scope_id, name, roles)
    join core.identities i on i.issuer = demo_issuer and i.subject = place.name;

    -- Who founds a place does not stay in it: from here on each has its own people.
    perform set_config('request.jwt.claims', json_build_object('iss', demo_issuer, 'sub', 'ilvane')::text, true);
    perform core.leave(shore);
    perform core.leave(reedbank);
    perform core.leave(lantern);

    -- People need no login: a child with a guardian, and a teller who has died.
    perform core._join(
        reedbank,
        core.add_person('Pell', (select p.id from core.people p where p.handle = 'nimbrey')),
        '{community_member}'
    );
    perform core._join(reedbank, core.add_person('Old Yorrow', deceased_on => '2019-11-02'), '{storyteller}');

    perform set_config('request.jwt.claims', '', true);
end
$world$;
