-- What parties decided in general for a purpose ($2) ends now, so that they can decide anew ($1: the parties).

update consent.consents c
set during = case
    when lower(c.during) >= now() then 'empty'::tstzrange
    else tstzrange(lower(c.during), now())
end
where c.party_id = any ($1::uuid[])
    and c.purpose = $2
    and c.channel is null
    and c.during && tstzrange(now(), null)
