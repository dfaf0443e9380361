-- Whom somebody acts for: themselves, and those they are the guardian of; and who they are.
select core.me() as me, array(select core.my_people()) as people;
