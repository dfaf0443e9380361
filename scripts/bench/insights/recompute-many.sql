-- a thousand works are compiled anew with one statement

select bench.recompute(1000) as works
