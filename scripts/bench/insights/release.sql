-- 100 works changed: what counts follows, and one more month of their organization is released, all views with it

select bench.release() as items
