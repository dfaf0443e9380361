-- one person by id

select id, display_name from core.people where id = :friend
