-- Begins a note. Until it is published, and its owner consents to sharing it, only they and their collaborators read
-- it.

create or replace function content.create_note(
    scope_id uuid,
    title text,
    body jsonb,
    plain_text text default '',
    summary text default '',
    lang text default null,
    visibility content.work_visibility default 'private',
    written_on date default null
)
returns uuid
language plpgsql
volatile
security definer -- works are written by functions alone
set search_path = pg_catalog, pg_temp
as $$
declare
    work constant content.works := content._create_work(
        'note', scope_id, title, body, plain_text, summary, lang, visibility
    );
begin
    insert into content.notes (tenant_id, id, written_on)
    values (work.tenant_id, work.id, create_note.written_on);
    return work.id;
end
$$;

comment on function content.create_note(
    uuid, text, jsonb, text, text, text, content.work_visibility, date
) is
    E'Begins a note, and returns its id.\n'
    'body: What it says, in whatever form the app reads.\n'
    'plain_text: The same as plain words, to be searched and read aloud.';

revoke execute on function content.create_note(
    uuid, text, jsonb, text, text, text, content.work_visibility, date
) from public;
grant execute on function content.create_note(
    uuid, text, jsonb, text, text, text, content.work_visibility, date
) to authenticated;
