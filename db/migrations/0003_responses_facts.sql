-- Which emergency is answered.
create schema responses;
grant usage on schema responses to bulwark_app;

create table responses.response (
  institution_id uuid not null references kernel.institution on delete cascade,
  response_id uuid not null,
  name text not null,
  hazards text[] not null check (cardinality(hazards) > 0),
  level int not null check (level between 1 and 4),
  basis text not null check (length(basis) >= 2),
  decided_by text not null,
  opened_at timestamptz not null,
  planned_end timestamptz,
  closed_at timestamptz,
  primary key (institution_id, response_id),
  check (closed_at is null or closed_at >= opened_at)
);
call kernel.wall('responses.response');

create table responses.step (
  institution_id uuid not null,
  response_id uuid not null,
  seq bigint generated always as identity,
  at timestamptz not null,
  action text not null check (action in ('open', 'raise', 'lower', 'amend', 'close')),
  level int not null,
  reason text not null,
  decided_by text not null,
  primary key (institution_id, response_id, seq),
  foreign key (institution_id, response_id) references responses.response on delete cascade
);
call kernel.wall('responses.step');

-- What is known of a person, unit or place.
create schema facts;
grant usage on schema facts to bulwark_app;

create table facts.attribute (
  institution_id uuid not null references kernel.institution on delete cascade,
  key text not null check (key ~ '^[a-z][a-z0-9-]{1,39}$'),
  subject_kind text not null check (subject_kind in ('person', 'unit')),
  type text not null check (type in ('yes-no', 'choice', 'choices', 'number', 'text', 'day', 'instant', 'area')),
  label jsonb not null, -- {zh, en}: the question as asked
  options jsonb not null default '[]', -- [{value, zh, en}]
  unit text,
  range numrange,
  sensitivity text not null default 'normal' check (sensitivity in ('normal', 'sensitive')),
  fresh_seconds int check (fresh_seconds > 0), -- how long an answer stays fresh; null: until the response ends
  asked_of text not null default 'self' check (asked_of in ('self', 'owner', 'nobody')), -- nobody: comes from other slices and imports
  purpose jsonb not null, -- {zh, en}: what it is for
  seconds int not null default 5 check (seconds between 1 and 600), -- expected seconds to answer
  retired_at timestamptz,
  primary key (institution_id, key)
);
call kernel.wall('facts.attribute');

create table facts.fact (
  institution_id uuid not null references kernel.institution on delete cascade,
  fact_id uuid not null,
  subject_id uuid not null,
  attribute text not null,
  value jsonb not null,
  observed_at timestamptz not null,
  recorded_at timestamptz not null,
  source text not null check (source in ('answer', 'proxy', 'import', 'system', 'office')),
  recorded_by uuid,
  response_id uuid,
  corrects uuid,
  primary key (institution_id, fact_id)
);
create index on facts.fact (institution_id, subject_id, attribute, observed_at desc);
call kernel.wall('facts.fact', 'select, insert, delete'); -- never updated: a correction is a newer fact

-- The latest of each attribute, by when it was observed.
create table facts.profile (
  institution_id uuid not null references kernel.institution on delete cascade,
  subject_id uuid not null,
  attribute text not null,
  value jsonb not null,
  observed_at timestamptz not null,
  recorded_at timestamptz not null,
  fresh_until timestamptz not null default 'infinity',
  source text not null,
  recorded_by uuid,
  fact_id uuid not null,
  primary key (institution_id, subject_id, attribute)
) with (fillfactor = 80);
call kernel.wall('facts.profile');
