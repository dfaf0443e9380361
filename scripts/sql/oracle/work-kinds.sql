-- The kinds of works there are, always in the same order.

select kind from content.work_kinds order by kind
