-- Whether an instant lies in a season that comes every year, from the first moment of one day to the last of another,
-- where these days are told. What cannot be told is not in season.

create or replace function consent._in_season(season_from text, season_until text, season_zone text, at timestamptz)
returns boolean
language plpgsql
stable
set search_path = pg_catalog, pg_temp
as $$
declare
    today text;
begin
    if season_zone is null then
        return true;
    end if;
    today := to_char(timezone(season_zone, at), 'MM-DD') collate "C";
    if season_from <= season_until collate "C" then
        return today between season_from and season_until;
    end if;
    return today >= season_from or today <= season_until; -- over the new year
exception
    when invalid_parameter_value then -- a zone that this server does not know
        return false;
end
$$;

comment on function consent._in_season(text, text, text, timestamptz) is 'Whether an instant lies in a season.';

revoke execute on function consent._in_season(text, text, text, timestamptz) from public;
