-- the same, while it is read

select bench.refresh('concurrently') as items
