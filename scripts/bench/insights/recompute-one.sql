-- a work is compiled anew

select bench.recompute(1) as works
