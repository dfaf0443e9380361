-- Appends leaves, 32 bytes each, to a tree of which only the peaks are kept: peaks[h + 1] is the root of the complete
-- subtree of 2^h leaves that the binary digits of the size call for, null where the digit is 0. Answers the peaks, and
-- the subtrees of 256^k leaves that came about: for each such height, the index of the first and their hashes.

create or replace function audit._append(
    size bigint,
    leaves bytea,
    inout peaks bytea[],
    out heights integer[],
    out first_indexes bigint[],
    out hashes bytea[]
)
language plpgsql
immutable
set search_path = pg_catalog, pg_temp
as $$
declare
    line bytea := leaves;
    length integer := octet_length(leaves) / 32;
    first bigint := size; -- the index of the first hash of the line, among all of its height
    height integer := 0;
begin
    while length > 0 loop
        if height > 0 and height % 8 = 0 then
            heights := heights || height;
            first_indexes := first_indexes || first;
            hashes := hashes || line;
        end if;
        if first % 2 = 1 then
            line := peaks[height + 1] || line;
            first := first - 1;
            length := length + 1;
        end if;
        peaks[height + 1] := case when length % 2 = 1 then substr(line, length * 32 - 31, 32) end;
        if length < 4 then
            line := case when length >= 2 then sha256('\x01'::bytea || substr(line, 1, 64)) else '' end;
        else
            select string_agg(sha256('\x01'::bytea || substr(line, i * 64 + 1, 64)), '')
            into line
            from generate_series(0, length / 2 - 1) i;
        end if;
        length := length / 2;
        first := first / 2;
        height := height + 1;
    end loop;
end
$$;

comment on function audit._append(bigint, bytea, bytea[]) is
    'Appends leaves to a tree of which only the peaks are kept.';

revoke execute on function audit._append(bigint, bytea, bytea[]) from public;
