-- Seals one batch; answers 0 when nothing is ready.
select audit.seal() as sealed;
