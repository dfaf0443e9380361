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
comment on column stories.community_governance.tenant_id is 'The organization.';
comment on column stories.community_governance.scope_id is 'The community.';
comment on column stories.community_governance.decision_process is 'How it decides.';
comment on column stories.community_governance.decision_quorum is 'How many ballots that takes.';
comment on column stories.community_governance.works_reviewed is
    'Whether works are not published there without a review.';
comment on column stories.community_governance.works_decided is
    'Whether works are not published there without a decision.';
comment on column stories.community_governance.elder_reviewed is
    'Whether stories are not published there without the word of an elder.';
comment on column stories.community_governance.culturally_reviewed is
    'Whether stories are not published there without a review of what it holds to be right.';
comment on column stories.community_governance.benefit_sharing_model is
    'How it shares what its works bring in, once it has said so.';
comment on column stories.community_governance.benefit_decision_process is 'How it decides about that.';
