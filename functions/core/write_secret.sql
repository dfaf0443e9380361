-- Keeps an email address, telephone number or legal name, encrypted with the person's own key. Null clears it.
-- An address is taken at its word by nobody, and so tells nothing of whose it is, until core.confirm_email() says so.

create or replace function core.write_secret(person_id uuid, field text, value text)
returns void
language plpgsql
volatile
security definer -- secrets are written by functions alone
set search_path = pg_catalog, pg_temp
as $$
declare
    sealed bytea;
begin
    perform core._require_secret_access(person_id);
    if field is null or field not in ('email', 'phone', 'legal_name') then
        perform core._refuse('not_found', 'secret of that name');
    end if;
    if field = 'email' and value !~ '^[^@\s]+@[^@\s]+\.[^@\s]+$' then
        perform core._refuse('email_shape');
    end if;
    sealed := core._seal(convert_to(value, 'utf8'), core._person_key(person_id));
    insert into core.person_secrets as s (person_id, email, phone, legal_name)
    values (
        write_secret.person_id,
        case field when 'email' then sealed end,
        case field when 'phone' then sealed end,
        case field when 'legal_name' then sealed end
    )
    on conflict on constraint person_secrets_pkey do update
    set
        email = case field when 'email' then excluded.email else s.email end,
        phone = case field when 'phone' then excluded.phone else s.phone end,
        legal_name = case field when 'legal_name' then excluded.legal_name else s.legal_name end,
        -- The same address, written again, stays confirmed; another one has yet to be.
        email_index = case
            when field <> 'email' or s.email_index = core._blind_index(value) then s.email_index
        end;
end
$$;

comment on function core.write_secret(uuid, text, text) is
    'Keeps my email, phone or legal_name, encrypted with my own key; null clears it.';

revoke execute on function core.write_secret(uuid, text, text) from public;
grant execute on function core.write_secret(uuid, text, text) to empathy_keyholder;
