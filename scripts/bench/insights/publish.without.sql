-- the same, and no figures follow
-- as the viewer

select (
    select count(*)
    from (select content.transition(w.id, 'published'), consent.give_consent(w.id, 'insight')) done
) as notes
from (
    select content.create_note(v.scopes[1], 'Note', '{}', visibility => 'community') as id
    from set_config('bench.without', 'insights', true), bench.viewers v
    offset 0
) w
