-- What was ordered by whom: documents, confirmed duties, the cascade, receipts, call-and-confirm.
create schema notices;
grant usage on schema notices to bulwark_app;

create table notices.notice (
  institution_id uuid not null references kernel.institution on delete cascade,
  notice_id uuid not null,
  response_id uuid,
  status text not null default 'draft' check (status in ('draft', 'issued', 'withdrawn', 'superseded')),
  version int not null default 1,
  amends uuid, -- the notice this is a new version of
  body text not null, -- the text as imported: every offset points into it
  body_hash bytea not null, -- of the text without white space: the same notice twice
  issuer text,
  doc_number text,
  title text,
  addressees text[] not null default '{}',
  signed_on date,
  hazards text[] not null default '{}',
  report_to text,
  ends_on date, -- the last day of its recurring duties
  reading jsonb not null, -- what was read, as it was read
  unmatched text[] not null default '{}', -- addressees' words that matched nobody
  imported_at timestamptz not null,
  imported_by uuid,
  issued_at timestamptz,
  issued_by uuid,
  issued_from text check (issued_from in ('person', 'command-line')),
  issued_for text, -- from the command line: for whom
  reached int, -- people on the roster whom it reached when it was issued
  withdrawn_at timestamptz,
  withdrawn_by uuid,
  withdrawal_reason text,
  primary key (institution_id, notice_id),
  foreign key (institution_id, response_id) references responses.response on delete cascade,
  foreign key (institution_id, amends) references notices.notice,
  check ((status = 'draft') = (issued_at is null)),
  check (status <> 'withdrawn' or length(withdrawal_reason) >= 2)
);
create index on notices.notice (institution_id, body_hash);
create index on notices.notice (institution_id, doc_number) where doc_number is not null;
create unique index one_successor on notices.notice (institution_id, amends) where amends is not null and status <> 'draft';
call kernel.wall('notices.notice');

-- The file as it was handed in.
create table notices.original (
  institution_id uuid not null,
  notice_id uuid not null,
  name text not null,
  bytes bytea not null check (length(bytes) <= 20971520),
  sha256 bytea not null,
  primary key (institution_id, notice_id),
  foreign key (institution_id, notice_id) references notices.notice on delete cascade
);
call kernel.wall('notices.original', 'select, insert, delete');

create table notices.clause (
  institution_id uuid not null,
  notice_id uuid not null,
  clause_id text not null,
  position int not null,
  number text not null,
  label text not null,
  level int not null,
  heading text,
  parent_id text,
  span int4range not null,
  sentences jsonb not null default '[]', -- [{start, end, kind}]
  primary key (institution_id, notice_id, clause_id),
  foreign key (institution_id, notice_id) references notices.notice on delete cascade
);
call kernel.wall('notices.clause', 'select, insert, delete');

create table notices.duty (
  institution_id uuid not null,
  duty_id uuid not null,
  notice_id uuid not null,
  position double precision not null,
  status text not null default 'proposed' check (status in ('proposed', 'confirmed', 'dropped')),
  origin text not null check (origin in ('read', 'added', 'split', 'merged')),
  clause_id text,
  clause text not null default '',
  span int4range, -- null where a person wrote it
  wording text not null check (length(wording) between 1 and 4000),
  actor text not null default '',
  modality text not null check (modality in ('must', 'must-not', 'should')),
  deadline text,
  due_at timestamptz,
  derivation text,
  recurrence text,
  cycle text not null default 'once' check (cycle in ('once', 'daily', 'weekdays', 'weekly')),
  cycle_time time,
  cycle_weekday int check (cycle_weekday between 1 and 7),
  condition text,
  evidence text,
  report_to text,
  review boolean not null default true,
  unit_ids uuid[] not null default '{}', -- who is addressed; the owner is looked up when needed, never stored
  to_people boolean not null default false,
  people_kinds text[] not null default '{}',
  people_members boolean not null default false,
  people_units uuid[] not null default '{}',
  resolved jsonb not null default '{"zh":"","en":""}',
  unmatched text[] not null default '{}',
  measure_id uuid,
  preset text,
  suggestions jsonb not null default '[]',
  why jsonb not null default '[]',
  learnt jsonb not null default '[]',
  proposal jsonb, -- the reader's own proposal, to learn from what a person made of it
  continues uuid, -- the duty of the amended notice that this one carries on
  primary key (institution_id, duty_id),
  foreign key (institution_id, notice_id) references notices.notice on delete cascade,
  foreign key (institution_id, measure_id) references measures.measure on delete set null (measure_id),
  check (measure_id is null or preset is null),
  check (cycle <> 'weekly' or cycle_weekday is not null)
);
create index on notices.duty (institution_id, notice_id, position);
call kernel.wall('notices.duty');

create table notices.doubt (
  institution_id uuid not null,
  notice_id uuid not null,
  doubt_id int not null,
  code text not null,
  weight double precision not null,
  zh text not null,
  en text not null,
  span int4range,
  duty_id uuid,
  settled_at timestamptz,
  settled_by uuid,
  primary key (institution_id, notice_id, doubt_id),
  foreign key (institution_id, notice_id) references notices.notice on delete cascade
);
call kernel.wall('notices.doubt');

-- What the reader proposed and what a person made of it; applied to the institution's next notices while in use.
create table notices.correction (
  institution_id uuid not null references kernel.institution on delete cascade,
  correction_id uuid not null,
  notice_id uuid not null,
  kind text not null check (kind in ('actor', 'drop', 'field')),
  phrase text not null, -- what it hangs on: the actor's words, or the wording dropped, without punctuation
  proposed jsonb not null,
  made jsonb not null,
  at timestamptz not null,
  by_person uuid,
  in_use boolean not null default true,
  primary key (institution_id, correction_id)
);
create unique index correction_in_use on notices.correction (institution_id, kind, phrase) where in_use and kind <> 'field';
call kernel.wall('notices.correction');

-- One duty for one unit (and one day, where it recurs).
create table notices.assignment (
  institution_id uuid not null,
  assignment_id uuid not null,
  notice_id uuid not null,
  duty_id uuid not null,
  unit_id uuid not null,
  parent_id uuid, -- handed down from
  period date, -- the day, for recurring duties
  state text not null default 'sent' check (state in ('sent', 'acknowledged', 'under-way', 'reported', 'accepted', 'sent-back', 'withdrawn')),
  sent_at timestamptz not null,
  due_at timestamptz,
  acknowledged_at timestamptz,
  reported_at timestamptz, -- of the last version
  ended_at timestamptz, -- accepted or withdrawn
  note text,
  primary key (institution_id, assignment_id),
  foreign key (institution_id, notice_id) references notices.notice on delete cascade,
  foreign key (institution_id, duty_id) references notices.duty on delete cascade,
  foreign key (institution_id, unit_id) references directory.unit on delete cascade,
  foreign key (institution_id, parent_id) references notices.assignment on delete cascade,
  constraint one_per_unit_and_period unique nulls not distinct (institution_id, duty_id, unit_id, period)
) with (fillfactor = 80);
create index on notices.assignment (institution_id, unit_id, state);
create index on notices.assignment (institution_id, notice_id, duty_id, period);
create index on notices.assignment (institution_id, parent_id) where parent_id is not null;
create index on notices.assignment (institution_id, due_at) where state in ('sent', 'acknowledged', 'under-way', 'sent-back');
call kernel.wall('notices.assignment');

-- A recurring duty that a unit handed down is handed down again each time.
create table notices.hand_down (
  institution_id uuid not null,
  duty_id uuid not null,
  from_unit uuid not null,
  to_unit uuid not null,
  due_time time,
  primary key (institution_id, duty_id, from_unit, to_unit),
  foreign key (institution_id, duty_id) references notices.duty on delete cascade,
  foreign key (institution_id, from_unit) references directory.unit on delete cascade,
  foreign key (institution_id, to_unit) references directory.unit on delete cascade
);
call kernel.wall('notices.hand_down');

-- Each report is a version; nothing is overwritten.
create table notices.report (
  institution_id uuid not null,
  report_id uuid not null,
  assignment_id uuid not null,
  version int not null check (version > 0),
  body text not null default '',
  zero boolean not null default false,
  figures jsonb not null default '[]',
  made_at timestamptz not null,
  by_person uuid,
  on_behalf boolean not null default false, -- by somebody who holds no office in the unit
  late boolean not null default false,
  verdict text check (verdict in ('accepted', 'sent-back')),
  verdict_note text,
  verdict_at timestamptz,
  verdict_by uuid,
  primary key (institution_id, report_id),
  unique (institution_id, assignment_id, version),
  foreign key (institution_id, assignment_id) references notices.assignment on delete cascade
);
call kernel.wall('notices.report');

create table notices.evidence (
  institution_id uuid not null,
  report_id uuid not null,
  name text not null,
  bytes bytea not null check (length(bytes) <= 10485760),
  primary key (institution_id, report_id),
  foreign key (institution_id, report_id) references notices.report on delete cascade
);
call kernel.wall('notices.evidence', 'select, insert, delete');

-- Reminders and escalations: each step once per assignment, whatever crashes.
create table notices.nudge (
  institution_id uuid not null,
  assignment_id uuid not null,
  step text not null,
  kind text not null check (kind in ('reminder', 'escalation', 'asked')),
  at timestamptz not null,
  to_person uuid, -- null: nobody answered for the unit then
  by_person uuid,
  note text,
  primary key (institution_id, assignment_id, step),
  foreign key (institution_id, assignment_id) references notices.assignment on delete cascade
);
create index on notices.nudge (institution_id, to_person, at desc);
call kernel.wall('notices.nudge');

-- The trace of a notice and of its assignments; never changed.
create table notices.event (
  institution_id uuid not null,
  seq bigint generated always as identity,
  notice_id uuid not null,
  assignment_id uuid,
  at timestamptz not null,
  kind text not null,
  by_person uuid,
  by_whom text not null check (by_whom in ('person', 'operator', 'system')),
  note text,
  primary key (institution_id, seq),
  foreign key (institution_id, notice_id) references notices.notice on delete cascade,
  foreign key (institution_id, assignment_id) references notices.assignment on delete cascade
);
create index on notices.event (institution_id, assignment_id, seq);
create index on notices.event (institution_id, notice_id, seq) where assignment_id is null;
call kernel.wall('notices.event', 'select, insert, delete');

create table notices.receipt (
  institution_id uuid not null,
  notice_id uuid not null,
  person_id uuid not null,
  opened_at timestamptz not null,
  primary key (institution_id, notice_id, person_id),
  foreign key (institution_id, notice_id) references notices.notice on delete cascade,
  foreign key (institution_id, person_id) references directory.person on delete cascade
);
call kernel.wall('notices.receipt', 'select, insert, delete');

-- Call-and-confirm (叫应).
create table notices.round (
  institution_id uuid not null references kernel.institution on delete cascade,
  round_id uuid not null,
  notice_id uuid,
  message text not null check (length(message) between 2 and 400),
  unit_ids uuid[] not null check (cardinality(unit_ids) > 0),
  ladder_minutes int not null check (ladder_minutes between 1 and 240),
  started_at timestamptz not null,
  started_by uuid,
  closed_at timestamptz,
  primary key (institution_id, round_id),
  foreign key (institution_id, notice_id) references notices.notice on delete cascade
);
call kernel.wall('notices.round');

create table notices.target (
  institution_id uuid not null,
  target_id uuid not null,
  round_id uuid not null,
  unit_id uuid not null,
  person_id uuid not null,
  title text not null,
  rung int not null,
  sent_at timestamptz not null,
  state text not null default 'sent' check (state in ('sent', 'confirmed', 'unreachable')),
  at timestamptz,
  by_person uuid,
  note text,
  primary key (institution_id, target_id),
  unique (institution_id, round_id, unit_id, person_id),
  foreign key (institution_id, round_id) references notices.round on delete cascade,
  foreign key (institution_id, unit_id) references directory.unit on delete cascade,
  foreign key (institution_id, person_id) references directory.person on delete cascade
);
create index on notices.target (institution_id, person_id) where state = 'sent';
call kernel.wall('notices.target');
