-- Says a label in the words of the community whose it is, in one of its languages, and returns which wording in that
-- language it is. It applies at once; what was said before is kept.

create or replace function consent.word_label(scope_id uuid, label text, lang text, name text, body text)
returns integer
language plpgsql
volatile
security definer -- wordings are written by functions alone
set search_path = pg_catalog, pg_temp
as $$
declare
    adopted consent.community_labels;
    number integer;
begin
    perform core._require('protocol.modify', scope_id);
    -- One after the other.
    select l.* into adopted
    from consent.community_labels l
    where l.scope_id = word_label.scope_id and l.label = word_label.label and l.kind = 'label'
    for no key update;
    if adopted.label is null then
        perform core._refuse('not_found', 'label of this community');
    end if;
    select coalesce(max(w.version), 0) + 1 into number
    from consent.label_wordings w
    where (w.tenant_id, w.scope_id, w.label) = (adopted.tenant_id, adopted.scope_id, adopted.label)
        and w.lang = word_label.lang;
    insert into consent.label_wordings (tenant_id, scope_id, label, lang, version, name, body, approved_by)
    values (
        adopted.tenant_id, adopted.scope_id, adopted.label, word_label.lang, number, btrim(word_label.name),
        btrim(word_label.body), core.me()
    );
    return number;
end
$$;

comment on function consent.word_label(uuid, text, text, text, text) is
    E'Says a label in the words of the community whose it is, and returns the number of that wording.\n'
    'scope_id: The community.\n'
    'label: The key of the label.\n'
    'lang: The language of this wording.\n'
    'name: What the community calls it.\n'
    'body: What it says, in the community''s own words.';

revoke execute on function consent.word_label(uuid, text, text, text, text) from public;
grant execute on function consent.word_label(uuid, text, text, text, text) to authenticated;
