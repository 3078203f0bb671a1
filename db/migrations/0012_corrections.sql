-- Each step of a reading can be corrected and is remembered by itself; who demands the measures of a notice.
alter table notices.correction drop constraint correction_kind_check;
alter table notices.correction add constraint correction_kind_check
  check (kind in ('actor', 'owner', 'doer', 'drop', 'missed', 'modality', 'rhythm', 'condition', 'evidence', 'report-to', 'measure', 'field'));

-- Null: as the issuer says.
alter table notices.notice add column demanded_by text check (demanded_by in ('law', 'nation', 'province', 'city', 'school', 'college'));

-- A mailbox was stored by the reader's own word for it.
alter table notices.notice no force row level security;
update notices.notice set report_to = regexp_replace(report_to, '\yemail\y', '邮箱', 'g') where report_to ~ '\yemail\y';
alter table notices.notice force row level security;
alter table notices.duty no force row level security;
update notices.duty set report_to = regexp_replace(report_to, '\yemail\y', '邮箱', 'g') where report_to ~ '\yemail\y';
alter table notices.duty force row level security;
