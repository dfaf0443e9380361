-- core.granted(): where I hold a permission

select cardinality(core.granted('member.read', 2)) as answer
