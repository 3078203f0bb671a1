-- One person under health management: what is ordered, on what basis, until when, where, who answers; every check and every step. All of it is personal and leaves with its response.
create schema health;
grant usage on schema health to bulwark_app;

create table health.case_record (
  institution_id uuid not null references kernel.institution on delete cascade,
  case_id uuid not null,
  person_id uuid not null,
  response_id uuid not null,
  kind text not null check (kind in ('observation', 'quarantine', 'isolation', 'confirmed')),
  illness text not null check (length(illness) <= 40), -- a hazard of the responses
  basis text not null check (length(basis) between 2 and 400), -- by which rule, of which version, on whose word
  counted_from text not null check (counted_from in ('exposure', 'onset', 'start')),
  from_day date not null, -- the last exposure, the onset, or the day it began
  days int not null check (days between 1 and 120),
  until_day date not null, -- as planned; nobody is released by it
  place text not null check (length(place) between 1 and 200),
  answers_id uuid, -- who answers; with the office they answer in, whose next holder answers when they have left it
  office_id uuid,
  offered_id uuid, -- handed over to them, not confirmed yet: until then the one before answers
  offered_office_id uuid,
  offered_at timestamptz,
  opened_at timestamptz not null,
  opened_by uuid,
  released_at timestamptz,
  released_by uuid,
  release_reason text check (length(release_reason) between 2 and 400),
  primary key (institution_id, case_id),
  check ((released_at is null) = (release_reason is null)),
  check ((offered_id is null) = (offered_at is null)),
  check (released_at is null or offered_id is null),
  foreign key (institution_id, person_id) references directory.person on delete cascade,
  foreign key (institution_id, response_id) references responses.response on delete cascade,
  foreign key (institution_id, answers_id) references directory.person on delete set null (answers_id),
  foreign key (institution_id, office_id) references directory.office on delete set null (office_id)
);
-- Two who open a case of the same person at the same moment open one.
create unique index on health.case_record (institution_id, person_id) where released_at is null;
create index on health.case_record (institution_id, person_id, opened_at);
create index on health.case_record (institution_id, answers_id) where released_at is null;
create index on health.case_record (institution_id, response_id);
call kernel.wall('health.case_record');

-- What was seen of the person: by themselves, or by whoever answers. `day` is the institution's.
create table health.check_record (
  institution_id uuid not null,
  check_id uuid not null,
  case_id uuid not null,
  day date not null,
  at timestamptz not null,
  recorded_at timestamptz not null,
  temperature numeric(3, 1) check (temperature between 34 and 43),
  symptoms text[] not null,
  words text not null default '' check (length(words) <= 400),
  by_person uuid,
  own boolean not null,
  primary key (institution_id, check_id),
  foreign key (institution_id, case_id) references health.case_record on delete cascade
);
create index on health.check_record (institution_id, case_id, day);
call kernel.wall('health.check_record', 'select, insert, delete');

create table health.case_step (
  institution_id uuid not null,
  case_id uuid not null,
  seq bigint generated always as identity,
  at timestamptz not null,
  action text not null check (action in ('open', 'change', 'extend', 'offer', 'accept', 'decline', 'release')),
  by_person uuid,
  to_person uuid, -- who answers from here on, or is asked to
  kind text not null,
  until_day date not null,
  words text not null default '' check (length(words) <= 400),
  primary key (institution_id, case_id, seq),
  foreign key (institution_id, case_id) references health.case_record on delete cascade
);
call kernel.wall('health.case_step', 'select, insert, delete');

-- A gap may ask that a case be opened; a person opens it, or says why not.
alter table measures.measure drop constraint measure_follow_up_check, add constraint measure_follow_up_check check (follow_up in ('none', 'tell-owner', 'open-task', 'ask-decision', 'open-case'));
alter table measures.task drop constraint task_kind_check, add constraint task_kind_check check (kind in ('tell-owner', 'open-task', 'ask-decision', 'open-case'));
