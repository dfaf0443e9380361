-- Counts the polls of a world that have closed.

select content.count_polls()
