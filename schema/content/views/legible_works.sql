-- The works whose body somebody may read, of those that they may read: what is restricted only once it was opened,
-- except to those whose consent it asks for. What hangs on a work, and is not its teaser, is read through this.

create view content.legible_works
with (security_invoker = true)
as
select w.*
from content.works w
where w.protocol_set_id is null
    or w.id in (select consent.asking_me())
    or w.id in (select consent.opened());

comment on view content.legible_works is 'The works whose body I may read.';
