-- From here on what was opened is written down as it was: when, until when, and in which transaction.

alter table consent.openings disable trigger _005_begin
