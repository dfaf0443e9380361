-- What is read of figures is as of the last releases.

select insights._refresh()
