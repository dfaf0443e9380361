-- What every table and column holds: the classes that the audit log, erasure and exports go by.

select ops._register_table(
    'core.error_codes', 'global', 'catalog',
    clear => '{name,code,message,hint}'
);

select ops._register_table(
    'core.platform_modules', 'global', 'catalog',
    clear => '{module,version,description,always_on,installed_at}'
);

select ops._register_table(
    'core.platform_config', 'global', 'catalog',
    clear => '{key,value,description,updated_at}'
);

select ops._register_table(
    'core.people', 'global', 'account',
    clear => '{id,created_at,updated_at,erased_at}',
    personal => '{
        handle, display_name, bio, avatar_url, locale, country_code, deceased_on, guardian_id, merged_into
    }'
);

select ops._register_table(
    'core.identities', 'global', 'account',
    clear => '{created_at}',
    personal => '{issuer,subject,person_id}'
);

select ops._register_table(
    'core.instance_keys', 'global', 'account',
    clear => '{purpose,kek_id,created_at}',
    secret => '{wrapped_key}',
    untracked_because => 'wrapped keys: nothing of them belongs in a log'
);

select ops._register_table(
    'core.person_keys', 'global', 'account',
    clear => '{kek_id,created_at,rewrapped_at,destroyed_at}',
    personal => '{person_id}',
    secret => '{wrapped_key}',
    untracked_because => 'wrapped keys: nothing of them belongs in a log'
);

select ops._register_table(
    'core.person_secrets', 'global', 'account',
    clear => '{updated_at}',
    personal => '{person_id}',
    secret => '{email,phone,legal_name,email_index}'
);

select ops._register_table(
    'core.organizations', 'global', 'account',
    clear => '{id,slug,name,region,jurisdiction,data_location,status,created_at,updated_at}'
);

select ops._register_table(
    'core.permissions', 'global', 'catalog',
    clear => '{key,module,levels,inherits,description}'
);

select ops._register_table(
    'core.role_templates', 'global', 'catalog',
    clear => '{key,name,description,levels,requires_kyc}'
);

select ops._register_table(
    'core.role_template_permissions', 'global', 'catalog',
    clear => '{role,permission}'
);

select ops._register_table(
    'core.scope_kinds', 'global', 'catalog',
    clear => '{kind,level,module,description}'
);

select ops._register_table(
    'core.scopes', 'tenant', 'content',
    clear => '{
        tenant_id, id, kind, level, parent_id, parent_level, project_id, slug, name, description,
        visibility, created_at, updated_at, archived_at
    }',
    personal => '{created_by}'
);

select ops._register_table(
    'core.projects', 'tenant', 'content',
    clear => '{tenant_id,id,kind,purpose,default_lang,starts_on,ends_on,updated_at}'
);

select ops._register_table(
    'core.project_domains', 'global', 'content',
    clear => '{host,tenant_id,project_id,verification_token,verified_at,created_at}'
);

select ops._register_table(
    'core.project_themes', 'tenant', 'content',
    clear => '{tenant_id,project_id,token,value,updated_at}'
);

select ops._register_table(
    'core.quota_resources', 'global', 'catalog',
    clear => '{key,module,unit,description}'
);

select ops._register_table(
    'core.quotas', 'tenant', 'content',
    clear => '{tenant_id,scope_id,resource,amount,strict,used,updated_at}'
);

select ops._register_table(
    'core.usage_shards', 'tenant', 'content',
    clear => '{tenant_id,scope_id,resource,shard,used}',
    untracked_because => 'counters: recounted'
);

select ops._register_table(
    'core.tiers', 'global', 'catalog',
    clear => '{key,name,position}'
);

select ops._register_table(
    'core.tier_limits', 'global', 'catalog',
    clear => '{tier,resource,amount}'
);

select ops._register_table(
    'core.person_limits', 'global', 'account',
    clear => '{since}',
    personal => '{person_id,tier}'
);

select ops._register_table(
    'core.verifications', 'global', 'security',
    clear => '{id,kind,organization_id,status,decided_at,valid_during,created_at,updated_at}',
    personal => '{person_id,document_type,verifier,decided_by,reason,evidence_uri}'
);

select ops._register_table(
    'core.verification_looks', 'global', 'security',
    clear => '{id,verification_id,looked_at}',
    personal => '{person_id,reason}'
);

select ops._register_table(
    'core.trust_scores', 'global', 'account',
    clear => '{computed_at}',
    personal => '{person_id,score,explanation}'
);

select ops._register_table(
    'core.roles', 'tenant', 'membership',
    clear => '{
        tenant_id, id, key, name, description, levels, requires_kyc, is_owner, created_at, updated_at,
        retired_at
    }'
);

select ops._register_table(
    'core.role_permissions', 'tenant', 'membership',
    clear => '{tenant_id,role_id,permission,created_at}'
);

select ops._register_table(
    'core.invitations', 'tenant', 'membership',
    clear => '{tenant_id,id,scope_id,max_uses,uses,expires_at,created_at,revoked_at}',
    personal => '{created_by}',
    body => '{message}',
    secret => '{token_hash,email_index}'
);

select ops._register_table(
    'core.invitation_roles', 'tenant', 'membership',
    clear => '{tenant_id,invitation_id,role_id}'
);

select ops._register_table(
    'core.memberships', 'tenant', 'membership',
    clear => '{
        tenant_id, id, scope_id, level, project_id, status, valid_during, open_ended, invitation_id,
        joined_at, last_active_on, created_at, updated_at, ended_at
    }',
    personal => '{person_id,invited_by,reason}',
    body => '{message}'
);

select ops._register_table(
    'core.membership_roles', 'tenant', 'membership',
    clear => '{
        tenant_id, id, membership_id, role_id, owns, must_be_open_ended, owner_level, granted_at,
        revoked_at
    }',
    personal => '{granted_by,revoked_by}'
);

select ops._register_table(
    'core.membership_permissions', 'tenant', 'membership',
    clear => '{tenant_id,membership_id,permission,effect,granted_at}',
    personal => '{reason,granted_by}'
);

select ops._register_table(
    'core.owner_counts', 'tenant', 'membership',
    clear => '{tenant_id,owners}',
    untracked_because => 'derived: recounted by core.verify_owners()'
);

select ops._register_table(
    'core.capabilities', 'global', 'catalog',
    clear => '{key,module,description}'
);

select ops._register_table(
    'core.sanctions', 'tenant', 'security',
    clear => '{tenant_id,id,scope_id,capability,during,imposed_at,lifted_at}',
    personal => '{person_id,reason,notice,imposed_by,lifted_by}'
);

select ops._register_table(
    'core.sanction_appeals', 'tenant', 'security',
    clear => '{tenant_id,id,sanction_id,status,judged_at,created_at}',
    personal => '{person_id,imposed_by,statement,judged_by,outcome}'
);

select ops._register_table(
    'core.setting_definitions', 'global', 'catalog',
    clear => '{key,module,type,levels,default_value,choices,minimum,maximum,description}'
);

select ops._register_table(
    'core.settings', 'tenant', 'content',
    clear => '{tenant_id,scope_id,key,value,updated_at}',
    personal => '{updated_by}'
);

select ops._register_table(
    'core.feature_flags', 'tenant', 'content',
    clear => '{tenant_id,scope_id,module,enabled,updated_at}',
    personal => '{updated_by}'
);

select ops._register_table(
    'core.api_keys', 'global', 'security',
    clear => '{
        id, tenant_id, scope_id, channel, requests_per_minute, expires_at, rotated_from, last_used_on,
        created_at, revoked_at
    }',
    personal => '{person_id,name}',
    secret => '{key_hash}'
);

select ops._register_table(
    'core.api_key_permissions', 'global', 'security',
    clear => '{api_key_id,permission}'
);

select ops._register_table(
    'core.rate_counters', 'global', 'operational',
    clear => '{minute,hits}',
    personal => '{bucket}',
    untracked_because => 'counters of minutes'
);

select ops._register_table(
    'ops.table_classes', 'global', 'catalog',
    clear => '{table_name,tenancy,retention,untracked_because,untold_because}'
);

select ops._register_table(
    'ops.column_classes', 'global', 'catalog',
    clear => '{table_name,column_name,pii,audit}'
);

select ops._register_table(
    'ops.jobs', 'global', 'catalog',
    clear => '{name,module,call,schedule,description,enabled,last_run_at,last_outcome}',
    untracked_because => 'the outcome of each run would be an entry'
);

select ops._register_table(
    'ops.outbox', 'tenant', 'operational',
    clear => '{tenant_id,id,scope_id,topic,created_at}',
    body => '{body}',
    untracked_because => 'written by what is tracked; never changed'
);

select ops._register_table(
    'ops.legal_holds', 'tenant', 'security',
    clear => '{tenant_id,id,scope_id,applies_to,imposed_at,released_at}',
    personal => '{person_id,reason,imposed_by,released_by}',
    untold_because => 'whoever knew of a hold could act before it is needed'
);

select ops._register_table(
    'ops.exports', 'tenant', 'operational',
    clear => '{tenant_id,id,scope_id,format,channel,status,requested_at,ready_at,expires_at,halted_at}',
    personal => '{person_id,requested_by,reason}'
);

select ops._register_table(
    'ops.migration_telemetry', 'global', 'operational',
    clear => '{id,name,direction,package_version,started_at,finished_at,rows_touched,resume_token,error}',
    untracked_because => 'a log itself'
);

select ops._register_table(
    'audit.eras', 'global', 'audit',
    clear => '{era,began_at,checkpoints}',
    personal => '{reason}'
);

select ops._register_table(
    'audit.progress', 'global', 'audit',
    clear => '{only_row,era,sealed_below,sealed_at}',
    untracked_because => 'moves whenever the log grows'
);

select ops._register_table(
    'audit.changes', 'tenant', 'audit',
    clear => '{
        tenant_id, seq, recorded_at, era, xid, role, session_role, flags, request_id, table_name, operation, key,
        clear, erased_under
    }',
    personal => '{actor,personal_key,personal,salt,personal_commitment,body_commitment,subjects}',
    untracked_because => 'the log itself'
);

select ops._register_table(
    'audit.leaves', 'tenant', 'audit',
    clear => '{tenant_id,position,seq,recorded_at,hash}',
    untracked_because => 'the log itself'
);

select ops._register_table(
    'audit.nodes', 'tenant', 'audit',
    clear => '{tenant_id,height,index,hash}',
    untracked_because => 'the log itself'
);

select ops._register_table(
    'audit.blocks', 'tenant', 'audit',
    clear => '{tenant_id,number,size,root,sealed_at,next_xid,previous_hash,hash}',
    untracked_because => 'the log itself'
);

select ops._register_table(
    'audit.heads', 'tenant', 'audit',
    clear => '{tenant_id,number,size,root,sealed_at,hash,peaks}',
    untracked_because => 'derived: recounted by audit.verify()'
);

select ops._register_table(
    'audit.erasure_orders', 'tenant', 'audit',
    clear => '{tenant_id,id,ordered_at,seqs}',
    personal => '{ordered_by,reason}'
);

select ops._register_table(
    'audit.archived_months', 'global', 'audit',
    clear => '{month,changes,archived_at}',
    personal => '{archived_by}'
);

select ops._register_table(
    'audit.safeguards', 'global', 'audit',
    clear => '{object,digest,catalog_xmin,recorded_at}'
);

select ops._register_table(
    'audit.activity', 'global', 'security',
    clear => '{id,happened_at,kind,tenant_id,request_id}',
    personal => '{person_id,ip,user_agent}',
    untracked_because => 'a log itself'
);

select ops._register_table(
    'content.work_kinds', 'global', 'catalog',
    clear => '{kind,module,description,review_settings}'
);

select ops._register_table(
    'content.works', 'tenant', 'content',
    clear => '{
        tenant_id, id, kind, scope_id, level, project_id, lang, visibility, protocol_set_id, state, moves,
        current_version, public_version, public_during, organization_version, organization_during, community_version,
        community_during, compiled_at, revision, created_at, updated_at
    }',
    personal => '{owner_id,title,summary}'
);

select ops._register_table(
    'content.work_moves', 'global', 'catalog',
    clear => '{from_state,to_state,capacity,description}'
);

select ops._register_table(
    'content.work_transitions', 'tenant', 'content',
    clear => '{
        tenant_id, work_id, number, previous, from_state, to_state, capacity, decision_id, decision_unlocks, moved_at
    }',
    personal => '{actor_id,owner_id,reason}'
);

select ops._register_table(
    'content.work_versions', 'tenant', 'content',
    clear => '{tenant_id,work_id,number,previous,material_version,minor_after,based_on,created_at}',
    personal => '{change_note,created_by}',
    body => '{body,plain_text}'
);

select ops._register_table(
    'content.work_collaborators', 'tenant', 'content',
    clear => '{tenant_id,work_id,capability,added_at}',
    personal => '{person_id,added_by}'
);

select ops._register_table(
    'content.notes', 'tenant', 'content',
    clear => '{tenant_id,id,kind}',
    personal => '{written_on}'
);

select ops._register_table(
    'content.comments', 'tenant', 'content',
    clear => '{tenant_id,id,work_id,parent_id,parent_path,path,thread_id,aside,state,created_at,edited_at}',
    personal => '{author_id,mentions}',
    body => '{body}'
);

select ops._register_table(
    'content.comment_moderations', 'tenant', 'security',
    clear => '{tenant_id,id,comment_id,hides,moderated_at}',
    personal => '{moderator_id,reason}'
);

select ops._register_table(
    'content.reaction_kinds', 'global', 'catalog',
    clear => '{kind,description}'
);

select ops._register_table(
    'content.reactions', 'tenant', 'content',
    clear => '{tenant_id,id,work_id,comment_id,kind,reacted_at}',
    personal => '{person_id}'
);

select ops._register_table(
    'content.reading_days', 'tenant', 'content',
    clear => '{tenant_id,work_id,day,audience,id,views}',
    untracked_because => 'counts: every reading would be an entry'
);

select ops._register_table(
    'content.work_count_steps', 'tenant', 'content',
    clear => '{tenant_id,work_id,id,comments,reactions,views}',
    untracked_because => 'counters: recounted by content.verify_counters()'
);

select ops._register_table(
    'content.tags', 'tenant', 'content',
    clear => '{tenant_id,id,slug,name,is_synonym,synonym_id,created_at}',
    personal => '{created_by}'
);

select ops._register_table(
    'content.tag_synonyms', 'tenant', 'content',
    clear => '{tenant_id,synonym_tag_id,tag_id,status,resolves,leads_on,proposed_at,decided_at}',
    personal => '{proposed_by,decided_by}'
);

select ops._register_table(
    'content.work_tags', 'tenant', 'content',
    clear => '{tenant_id,work_id,word_id,tag_id,leads_on,synonym_id,resolves,added_at}',
    personal => '{added_by}'
);

select ops._register_table(
    'content.attributions', 'tenant', 'content',
    clear => '{tenant_id,id,work_id,position,credit,added_at}',
    personal => '{person_id,named_as,added_by}'
);

select ops._register_table(
    'content.votes', 'tenant', 'content',
    clear => '{tenant_id,work_id,weight,voted_at}',
    personal => '{work_owner_id,person_id}'
);

select ops._register_table(
    'content.polls', 'tenant', 'content',
    clear => '{
        tenant_id, id, scope_id, work_id, method, most, options, role_key, electorate, anonymous, may_change,
        results_shown, quorum, opened_at, closes_at, counted_at, ballots, tallies, places
    }',
    personal => '{question,description,opened_by}'
);

select ops._register_table(
    'content.poll_options', 'tenant', 'content',
    clear => '{tenant_id,poll_id,number,previous}',
    personal => '{label}'
);

select ops._register_table(
    'content.ballots', 'tenant', 'content',
    clear => '{tenant_id,poll_id,anonymous,method,most,options,cast_at}',
    personal => '{person_id,choices}',
    untracked_because => 'the log is read while results are hidden'
);

select ops._register_table(
    'content.voters', 'tenant', 'content',
    clear => '{tenant_id,poll_id}',
    personal => '{person_id}',
    untracked_because => 'an entry would tell when somebody voted who votes unknown'
);

select ops._register_table(
    'content.waiting_ballots', 'tenant', 'content',
    clear => '{tenant_id,id,poll_id,anonymous,method,most,options}',
    personal => '{choices}',
    untracked_because => 'an entry would tell whose ballot it is'
);

select ops._register_table(
    'content.anonymous_ballots', 'tenant', 'content',
    clear => '{tenant_id,id,poll_id,anonymous,method,most,choices,options}',
    untracked_because => 'nobody reads these; what they come to is in the log of polls'
);

select ops._register_table(
    'content.decision_matters', 'global', 'catalog',
    clear => '{key,module,about_work,description}'
);

select ops._register_table(
    'content.decisions', 'tenant', 'content',
    clear => '{
        tenant_id, id, scope_id, matter, about_work, work_id, work_version, revokes, process, poll_id, method,
        electorate, proposed_at, decided_at, unlocks, overturns, revocation_id, revoked_at
    }',
    personal => '{subject,proposed_by,outcome}'
);

select ops._register_table(
    'content.decision_uses', 'tenant', 'content',
    clear => '{tenant_id,decision_id,scope_id,unlocks,used_at}'
);

select ops._register_table(
    'content.files', 'tenant', 'content',
    clear => '{
        tenant_id, id, scope_id, storage_key, sha256, mime, bytes, encryption, state, begun_at, arrived_at, attached_at,
        dropped_at
    }',
    personal => '{uploaded_by}'
);

select ops._register_table(
    'content.placements', 'tenant', 'content',
    clear => '{tenant_id,id,work_id,position,first_version,material_version,last_version}'
);

select ops._register_table(
    'content.media', 'tenant', 'content',
    clear => '{tenant_id,id,work_id,file_id,duration_ms,sensitivity,protocol_set_id,added_at}',
    personal => '{alt_text,caption,added_by}'
);

select ops._register_table(
    'content.search_entries', 'tenant', 'content',
    clear => '{tenant_id,work_id,version,created_at,dictionary,places,audiences}',
    body => '{words}',
    untracked_because => 'derived: recounted by content.verify_search()'
);

select ops._register_table(
    'consent.purposes', 'global', 'catalog',
    clear => '{key,name,description,dpv}'
);

select ops._register_table(
    'consent.consent_parties', 'tenant', 'content',
    clear => '{tenant_id,id,work_id,scope_id,capacity,added_at}',
    personal => '{person_id,added_by}'
);

select ops._register_table(
    'consent.consents', 'tenant', 'content',
    clear => '{
        tenant_id, id, work_id, party_id, purpose, channel, decision, during, through_version, attribution_required,
        recorded_at
    }',
    personal => '{recorded_by}'
);

select ops._register_table(
    'consent.effective', 'tenant', 'content',
    clear => '{tenant_id,work_id,purpose,channel,version,during}',
    untracked_because => 'derived: recounted by consent.verify_effective()'
);

select ops._register_table(
    'consent.protocols', 'tenant', 'content',
    clear => '{
        tenant_id, id, scope_id, level, name, kind, description, enforcement, audience, season_from, season_until,
        season_zone, acknowledgement, wording, created_at, updated_at, retired_at
    }',
    personal => '{created_by}'
);

select ops._register_table(
    'consent.protocol_groups', 'tenant', 'content',
    clear => '{tenant_id,id,scope_id,level,name,created_at}',
    personal => '{created_by}'
);

select ops._register_table(
    'consent.protocol_group_members', 'tenant', 'content',
    clear => '{tenant_id,group_id,scope_id,membership_id,added_at}',
    personal => '{added_by}'
);

select ops._register_table(
    'consent.protocol_admissions', 'tenant', 'content',
    clear => '{tenant_id,id,protocol_id,scope_id,role_id,group_id,membership_id,added_at}',
    personal => '{added_by}'
);

select ops._register_table(
    'consent.protocol_sets', 'tenant', 'content',
    clear => '{tenant_id,id,composition,written_in}'
);

select ops._register_table(
    'consent.protocol_set_communities', 'tenant', 'content',
    clear => '{tenant_id,set_id,scope_id,match}'
);

select ops._register_table(
    'consent.protocol_set_members', 'tenant', 'content',
    clear => '{tenant_id,set_id,scope_id,protocol_id}'
);

select ops._register_table(
    'consent.labels', 'global', 'catalog',
    clear => '{
        key, family, category, kind, name, description, audience, enforcement, acknowledgement, needs_season, binding
    }'
);

select ops._register_table(
    'consent.community_labels', 'tenant', 'content',
    clear => '{
        tenant_id, scope_id, level, label, kind, protocol_id, ratified, binding, decision_id, decision_unlocks,
        adopted_at, ratified_at
    }',
    personal => '{adopted_by,ratified_by}'
);

select ops._register_table(
    'consent.label_wordings', 'tenant', 'content',
    clear => '{tenant_id,scope_id,label,kind,lang,version,previous,approved_at}',
    personal => '{name,body,approved_by}'
);

select ops._register_table(
    'consent.work_labels', 'tenant', 'content',
    clear => '{tenant_id,work_id,scope_id,label,protocol_id,protocol_set_id,brought,ratified,match,added_at}',
    personal => '{added_by}'
);

select ops._register_table(
    'consent.protocol_acknowledgements', 'tenant', 'content',
    clear => '{tenant_id,id,protocol_id,wording,acknowledged_at}',
    personal => '{person_id}'
);

select ops._register_table(
    'consent.openings', 'tenant', 'content',
    clear => '{tenant_id,id,work_id,protocol_set_id,opened_at,open_until,opened_in}',
    personal => '{person_id}'
);

select ops._register_table(
    'consent.agreements', 'tenant', 'content',
    clear => '{tenant_id,id,scope_id,whole_scope,document_sha256,during,signed_at}',
    personal => '{recipient,obligations,signed_by}'
);

select ops._register_table(
    'consent.agreement_ends', 'tenant', 'content',
    clear => '{tenant_id,agreement_id,ended_at}',
    personal => '{reason,ended_by}'
);

select ops._register_table(
    'consent.agreement_purposes', 'tenant', 'content',
    clear => '{tenant_id,agreement_id,purpose}'
);

select ops._register_table(
    'consent.agreement_works', 'tenant', 'content',
    clear => '{tenant_id,agreement_id,work_id}'
);

select ops._register_table(
    'consent.runs', 'tenant', 'content',
    clear => '{tenant_id,id,agreement_id,scope_id,purpose,model,channel,started_at,finished_at,halted_at}',
    personal => '{started_by}'
);

select ops._register_table(
    'consent.run_works', 'tenant', 'content',
    clear => '{tenant_id,run_id,work_id,version,handed_out_at,recalled_at,irrevocable,stands}'
);

select ops._register_table(
    'consent.results', 'tenant', 'content',
    clear => '{tenant_id,id,run_id,work_id,stands,kind,recorded_at}'
);

select ops._register_table(
    'consent.benefit_settings', 'tenant', 'content',
    clear => '{tenant_id,scope_id,level,model,decision_process,decision_id,decision_unlocks,updated_at}',
    personal => '{rules,updated_by}'
);

select ops._register_table(
    'consent.preferences', 'global', 'account',
    clear => '{updated_at}',
    personal => '{person_id}',
    secret => '{answers}'
);

select ops._register_table(
    'consent.consent_evidence', 'tenant', 'content',
    clear => '{tenant_id,consent_id,recorded_at}',
    personal => '{person_id}',
    secret => '{evidence,witness}'
);

select ops._register_table(
    'value.assets', 'tenant', 'finance',
    clear => '{tenant_id,code,kind,scale,name,created_at}'
);

select ops._register_table(
    'value.accounts', 'tenant', 'finance',
    clear => '{
        tenant_id, id, asset, scope_id, work_id, system_key, kind, may_go_negative, opened_at
    }',
    personal => '{person_id}'
);

select ops._register_table(
    'value.transfers', 'tenant', 'finance',
    clear => '{
        tenant_id, id, kind, idempotency_key, effective_on, pending, expires_at, parent_id, resolves_as,
        resolution_id, resolution, state, reverses, linked_to, made_at
    }',
    personal => '{reason,made_by}',
    secret => '{request_hash}'
);

select ops._register_table(
    'value.entries', 'tenant', 'finance',
    clear => '{
        tenant_id, account_id, number, asset, may_go_negative, transfer_id, effective_on, amount, reserved_in,
        reserved_out, balance_after, pending_in_after, pending_out_after, latest_before, latest_on, late, previous,
        balance_before, pending_in_before, pending_out_before
    }'
);

select ops._register_table(
    'value.value_events', 'tenant', 'finance',
    clear => '{
        tenant_id, id, scope_id, work_id, kind, asset, amount, returned, occurred_on, metrics, transfer_id, account_id,
        recorded_at
    }',
    personal => '{recorded_by}'
);

select ops._register_table(
    'value.distributions', 'tenant', 'finance',
    clear => '{
        tenant_id, id, event_id, scope_id, level, asset, amount, returned, model, rules, matter, subject, decision_id,
        transfer_id, decision_unlocks, proposed_at
    }',
    personal => '{proposed_by}'
);

select ops._register_table(
    'value.recipients', 'tenant', 'finance',
    clear => '{tenant_id,distribution_id,scope_id,weight,amount}',
    personal => '{recipient_id,person_id}'
);
