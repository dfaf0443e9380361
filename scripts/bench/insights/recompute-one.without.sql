-- the same, and no figures follow
-- as the viewer

select bench.recompute(1) as works from set_config('bench.without', 'insights', true)
