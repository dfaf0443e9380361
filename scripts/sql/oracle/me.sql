-- Who is asking.

select core.me()::text as answer where core.me() is not null
