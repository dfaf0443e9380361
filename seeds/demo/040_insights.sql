-- What Reedbank lets be told of it in figures: everybody there wrote down what they saw of the water, and lets it be
-- counted. This month is released as if it were over, so that there is something to look at. It is made once.

do $insights$
declare
    saltmarsh constant uuid := pg_temp.place('saltmarsh');
    teller text;
    note uuid;
begin
    if exists (select from insights.releases) or saltmarsh is null then
        return;
    end if;

    perform pg_temp.speak('ilvane');
    perform core.set_module(saltmarsh, 'insights', true);
    perform core.set_setting(saltmarsh, 'insights.smallest_group', '3');
    foreach teller in array '{quessa,havren,nimbrey,ambrel}'::text[] loop
        perform pg_temp.speak(teller);
        note := content.create_note(
            pg_temp.place('reedbank'), 'High water, as ' || teller || ' saw it', '{"text": "It came up to the reeds."}',
            visibility => 'community'
        );
        perform content.transition(note, 'published');
        perform consent.give_consent(note, 'insight');
    end loop;
    perform insights._release(saltmarsh, date_trunc('month', now() at time zone 'UTC')::date);
    perform insights._refresh();
    perform pg_temp.speak('');
end
$insights$;
