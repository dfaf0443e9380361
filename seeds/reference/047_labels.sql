-- The labels and notices there are, by the names that Local Contexts (localcontexts.org) gives them, and in our words
-- what each is for; how a community says it is the community's to word. Those that can be enforced here have a
-- template: whom it lets pass, how it binds, what is to be acknowledged, and whether it takes a season.

with known (
    key, family, category, name, description, audience, enforcement, needs_season, acknowledgement
) as (
    values
        (
            'tk_attribution', 'tk', 'provenance', 'TK Attribution',
            'Says who the right sources and keepers of this are.', null, null, null, null
        ),
        (
            'tk_clan', 'tk', 'provenance', 'TK Clan',
            'Says that a clan has a responsibility for this.', null, null, null, null
        ),
        (
            'tk_family', 'tk', 'provenance', 'TK Family',
            'Says that this belongs to a family.', null, null, null, null
        ),
        (
            'tk_multiple_communities', 'tk', 'provenance', 'TK Multiple Communities',
            'Says that several communities share the responsibility for this.', null, null, null, null
        ),
        (
            'tk_community_voice', 'tk', 'provenance', 'TK Community Voice',
            'Asks others of the community to add what they know.', null, null, null, null
        ),
        (
            'tk_creative', 'tk', 'provenance', 'TK Creative',
            'Connects what an artist made with the knowledge that it comes from.', null, null, null, null
        ),
        (
            'tk_verified', 'tk', 'protocol', 'TK Verified',
            'Says that the community agrees with how this is shown and used.', null, null, null, null
        ),
        (
            'tk_non_verified', 'tk', 'protocol', 'TK Non-Verified',
            'Says that the community was never asked about how this is shown and used.', null, null, null, null
        ),
        (
            'tk_seasonal', 'tk', 'protocol', 'TK Seasonal',
            'Says that this has its time of the year.', 'everybody', 'required', true, null
        ),
        (
            'tk_women_general', 'tk', 'protocol', 'TK Women General',
            'Says that this is usually for women.', 'admitted', 'recommended', false, null
        ),
        (
            'tk_men_general', 'tk', 'protocol', 'TK Men General',
            'Says that this is usually for men.', 'admitted', 'recommended', false, null
        ),
        (
            'tk_women_restricted', 'tk', 'protocol', 'TK Women Restricted',
            'Says that this is for certain women alone.', 'admitted', 'required', false,
            'This is for certain women alone, and I am one of those it is for.'
        ),
        (
            'tk_men_restricted', 'tk', 'protocol', 'TK Men Restricted',
            'Says that this is for certain men alone.', 'admitted', 'required', false,
            'This is for certain men alone, and I am one of those it is for.'
        ),
        (
            'tk_culturally_sensitive', 'tk', 'protocol', 'TK Culturally Sensitive',
            'Asks for care, because this can hurt or is easily misunderstood.', 'everybody', 'required', false,
            'I meet this with care, and pass nothing on without asking the community.'
        ),
        (
            'tk_secret_sacred', 'tk', 'protocol', 'TK Secret / Sacred',
            'Says that this is not for the public.', 'admitted', 'required', false,
            'This is not for the public, and I tell and show it to nobody.'
        ),
        (
            'tk_community_use_only', 'tk', 'permission', 'TK Community Use Only',
            'Says that this is not used outside of the community.', 'members', 'required', false, null
        ),
        (
            'tk_non_commercial', 'tk', 'permission', 'TK Non-Commercial',
            'Says that nobody earns money with this.', null, null, null, null
        ),
        (
            'tk_outreach', 'tk', 'permission', 'TK Outreach',
            'Says that this may be used to teach and to tell others of the community.', null, null, null, null
        ),
        (
            'tk_open_to_collaboration', 'tk', 'permission', 'TK Open to Collaboration',
            'Says that the community is willing to work with others on this.', null, null, null, null
        ),
        (
            'tk_open_to_commercialization', 'tk', 'permission', 'TK Open to Commercialization',
            'Says that the community can be asked about earning money with this.', null, null, null, null
        ),
        (
            'bc_provenance', 'bc', 'provenance', 'BC Provenance',
            'Says from whose lands and waters this comes.', null, null, null, null
        ),
        (
            'bc_multiple_communities', 'bc', 'provenance', 'BC Multiple Communities',
            'Says that this comes from where several communities have a responsibility.', null, null, null, null
        ),
        (
            'bc_clan', 'bc', 'provenance', 'BC Clan',
            'Says that a clan has a responsibility for what this comes from.', null, null, null, null
        ),
        (
            'bc_consent_verified', 'bc', 'protocol', 'BC Consent Verified',
            'Says that the community consented to how this was collected and is used.', null, null, null, null
        ),
        (
            'bc_consent_non_verified', 'bc', 'protocol', 'BC Consent Non-Verified',
            'Says that nobody knows of a consent of the community to how this was collected.',
            null, null, null, null
        ),
        (
            'bc_research_use', 'bc', 'permission', 'BC Research Use',
            'Says that this may be used for research.', null, null, null, null
        ),
        (
            'bc_open_to_collaboration', 'bc', 'permission', 'BC Open to Collaboration',
            'Says that the community is willing to do research together with others.', null, null, null, null
        ),
        (
            'bc_open_to_commercialization', 'bc', 'permission', 'BC Open to Commercialization',
            'Says that the community can be asked about earning money with what comes of this.',
            null, null, null, null
        ),
        (
            'bc_outreach', 'bc', 'permission', 'BC Outreach',
            'Says that this may be used to teach and to tell others of where it comes from.',
            null, null, null, null
        ),
        (
            'bc_non_commercial', 'bc', 'permission', 'BC Non-Commercial',
            'Says that nobody earns money with what comes of this.', null, null, null, null
        ),
        (
            'notice_tk', 'tk', 'disclosure', 'TK Notice',
            'Says that a community may have rights in the knowledge in this that are yet to be found out.',
            null, null, null, null
        ),
        (
            'notice_bc', 'bc', 'disclosure', 'BC Notice',
            'Says that a community may have rights in what this comes from that are yet to be found out.',
            null, null, null, null
        ),
        (
            'notice_attribution_incomplete', null, 'disclosure', 'Attribution Incomplete Notice',
            'Says that it is not known, or not rightly, whom this is by.', null, null, null, null
        ),
        (
            'notice_open_to_collaborate', null, 'engagement', 'Open to Collaborate Notice',
            'Says that whoever holds this wants to look after it together with those whose it is.',
            null, null, null, null
        ),
        (
            'notice_authorization', null, 'collections_care', 'Authorization Notice',
            'Says that somebody has to be asked before anything is done with this.', null, null, null, null
        ),
        (
            'notice_belonging', null, 'collections_care', 'Belonging Notice',
            'Says that this belongs with other things, and is kept with them.', null, null, null, null
        ),
        (
            'notice_caring', null, 'collections_care', 'Caring Notice',
            'Says that this is cared for in a way that the community knows.', null, null, null, null
        ),
        (
            'notice_gender_aware', null, 'collections_care', 'Gender Aware Notice',
            'Says that it matters for this whether a woman or a man handles it.', null, null, null, null
        ),
        (
            'notice_leave_undisturbed', null, 'collections_care', 'Leave Undisturbed Notice',
            'Says that this is not to be moved or touched.', null, null, null, null
        ),
        (
            'notice_safety', null, 'collections_care', 'Safety Notice',
            'Says that this can harm whoever handles it.', null, null, null, null
        ),
        (
            'notice_viewing', null, 'collections_care', 'Viewing Notice',
            'Says that not everybody may look at this, or not at any time.', null, null, null, null
        ),
        (
            'notice_withholding', null, 'collections_care', 'Withholding Notice',
            'Says that this is not shown or given out.', null, null, null, null
        )
)
insert into consent.labels (
    key, family, category, name, description, audience, enforcement, needs_season, acknowledgement
)
select
    k.key, k.family::consent.label_family, k.category::consent.label_category, k.name, k.description,
    k.audience::consent.protocol_audience, k.enforcement::consent.protocol_enforcement, k.needs_season::boolean,
    k.acknowledgement
from known k
on conflict on constraint labels_pkey do update
set
    family = excluded.family, category = excluded.category, name = excluded.name,
    description = excluded.description, audience = excluded.audience, enforcement = excluded.enforcement,
    needs_season = excluded.needs_season, acknowledgement = excluded.acknowledgement
where (
    labels.family, labels.category, labels.name, labels.description, labels.audience, labels.enforcement,
    labels.needs_season, labels.acknowledgement
) is distinct from (
    excluded.family, excluded.category, excluded.name, excluded.description, excluded.audience,
    excluded.enforcement, excluded.needs_season, excluded.acknowledgement
);
