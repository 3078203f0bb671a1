-- What must be true of whom.
create schema measures;
grant usage on schema measures to bulwark_app;

create table measures.measure (
  institution_id uuid not null references kernel.institution on delete cascade,
  measure_id uuid not null,
  response_id uuid not null,
  key text, -- of the ready-made measure it was made from
  name jsonb not null,
  subject_kind text not null check (subject_kind in ('person', 'unit')),
  population jsonb not null, -- rule group over base fields
  condition jsonb not null, -- rule group over attributes and base fields
  attributes text[] not null default '{}', -- what the condition reads
  basis text not null,
  demanded_by text not null check (demanded_by in ('law', 'nation', 'province', 'city', 'school', 'college')),
  grace_seconds int not null default 0 check (grace_seconds >= 0),
  follow_up text not null default 'tell-owner' check (follow_up in ('none', 'tell-owner', 'open-task')),
  danger int not null default 2 check (danger between 1 and 3), -- 1 asked first
  starts_at timestamptz not null,
  ends_at timestamptz,
  status text not null check (status in ('draft', 'on', 'ended')),
  made_by uuid,
  sponsor text, -- who overrode the burden budget, with the reason
  primary key (institution_id, measure_id),
  foreign key (institution_id, response_id) references responses.response on delete cascade
);
call kernel.wall('measures.measure');

-- Where each subject of a measure's population stands, until when, and what it becomes then if nothing new is learnt.
create table measures.standing (
  institution_id uuid not null,
  measure_id uuid not null,
  subject_id uuid not null,
  state text not null check (state in ('kept', 'gap', 'unknown')),
  since timestamptz not null,
  until timestamptz not null default 'infinity',
  next_state text not null check (next_state in ('kept', 'gap', 'unknown')),
  primary key (institution_id, measure_id, subject_id),
  foreign key (institution_id, measure_id) references measures.measure on delete cascade
) with (fillfactor = 80);
create index on measures.standing (institution_id, subject_id);
create index on measures.standing (institution_id, until) where until <> 'infinity';
call kernel.wall('measures.standing');

create table measures.excuse (
  institution_id uuid not null,
  excuse_id uuid not null,
  measure_id uuid not null,
  subject_id uuid not null,
  reason text not null check (length(reason) >= 2),
  by_person uuid,
  during tstzrange not null check (not isempty(during)),
  primary key (institution_id, excuse_id),
  foreign key (institution_id, measure_id) references measures.measure on delete cascade,
  exclude using gist (institution_id with =, measure_id with =, subject_id with =, during with &&)
);
call kernel.wall('measures.excuse');

-- What was tried for a gap: called, visited, messaged.
create table measures.contact (
  institution_id uuid not null,
  contact_id uuid not null,
  measure_id uuid not null,
  subject_id uuid not null,
  how text not null check (how in ('call', 'message', 'visit', 'remind')),
  outcome text not null check (outcome in ('reached', 'no-answer', 'promised', 'sent')),
  note text not null default '',
  by_person uuid,
  at timestamptz not null,
  primary key (institution_id, contact_id),
  foreign key (institution_id, measure_id) references measures.measure on delete cascade
);
create index on measures.contact (institution_id, measure_id, subject_id, at desc);
call kernel.wall('measures.contact');

-- The follow-up of a gap: once per gap, after the grace; closes with it.
create table measures.task (
  institution_id uuid not null,
  task_id uuid not null,
  measure_id uuid not null,
  subject_id uuid not null,
  gap_since timestamptz not null,
  made_at timestamptz not null,
  owner_id uuid, -- the person who answered for the subject when it was made; null: nobody did
  done_at timestamptz,
  outcome text,
  primary key (institution_id, task_id),
  unique (institution_id, measure_id, subject_id, gap_since),
  foreign key (institution_id, measure_id) references measures.measure on delete cascade
);
create index on measures.task (institution_id, owner_id) where done_at is null;
call kernel.wall('measures.task');
