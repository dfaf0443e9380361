-- How a community decides: about what is published in it, and about what its works bring in.

create view stories.community_governance
with (security_invoker = true)
as
select
    c.tenant_id,
    c.id as scope_id,
    (core.setting('decisions.process', c.id) #>> '{}')::content.decision_process as decision_process,
    (core.setting('decisions.quorum', c.id) #>> '{}')::integer as decision_quorum,
    core.setting('works.reviewed', c.id) = 'true' as works_reviewed,
    core.setting('works.decided', c.id) = 'true' as works_decided,
    core.setting('stories.elder_reviewed', c.id) = 'true' as elder_reviewed,
    core.setting('stories.culturally_reviewed', c.id) = 'true' as culturally_reviewed,
    b.model as benefit_sharing_model,
    b.decision_process as benefit_decision_process
from stories.communities c
left join consent.benefit_settings b on b.tenant_id = c.tenant_id and b.scope_id = c.id;

comment on view stories.community_governance is 'How a community decides.';
