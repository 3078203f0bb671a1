-- Gaps are handed over with a reason, and whoever counts gives a reason before names are opened.

-- ── Handing over ─────────────────────────────────────────────────────────────────────────────────
-- `by_person`: who handed it over or took it back; null where the machine did (the holder left the office).
alter table measures.task_step add column by_person uuid;
alter table measures.task_step drop constraint task_step_action_check;
alter table measures.task_step add constraint task_step_action_check check (action in ('climb', 'hand-over', 'take-back', 'decide'));
create index task_step_by_hand on measures.task_step (institution_id, task_id) where by_person is not null;

-- What was tried with somebody, whatever the measure.
create index contact_of_subject on measures.contact (institution_id, subject_id, at desc);

-- ── Reasons ──────────────────────────────────────────────────────────────────────────────────────
-- Why somebody whose role gives counts opened the names of a unit: once a unit and session. Kept as long as the session; what was looked at keeps the words (kernel.access.purpose).
create table directory.reason (
  institution_id uuid not null,
  reason_id uuid not null,
  person_id uuid not null,
  session_id uuid, -- null: given without a session, from the command line
  unit_id uuid not null,
  words text not null check (length(words) between 2 and 200),
  at timestamptz not null,
  until timestamptz not null,
  primary key (institution_id, reason_id),
  foreign key (institution_id, person_id) references directory.person on delete cascade,
  foreign key (institution_id, session_id) references directory.session on delete cascade,
  foreign key (institution_id, unit_id) references directory.unit on delete cascade
);
create index on directory.reason (institution_id, person_id, until);
call kernel.wall('directory.reason');
