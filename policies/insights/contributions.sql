-- no policy: figures are read through functions, which ask who asks, and say how fresh they are.

alter table insights.contributions enable row level security;
