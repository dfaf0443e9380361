-- Which scopes whoever asks finds by a word that all of them have.

select f.scope_id as answer from core.search_scopes('somewhere') f
