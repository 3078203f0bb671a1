-- What must be put right: help requests, each owned from the minute it is recorded. Texts are personal: they leave with the request.
create schema issues;
grant usage on schema issues to bulwark_app;

create table issues.help_request (
  institution_id uuid not null references kernel.institution on delete cascade,
  request_id uuid not null,
  person_id uuid not null, -- who is helped
  asked_by uuid not null,
  theme text not null check (theme in ('medicine', 'food', 'dormitory', 'travel', 'study', 'mood', 'money', 'other')),
  urgency text not null check (urgency in ('now', 'today', 'normal')),
  text text not null check (length(text) between 1 and 2000),
  place text not null default '' check (length(place) <= 200),
  state text not null check (state in ('open', 'taken', 'answered', 'closed')),
  unit_id uuid, -- where it is handled: whoever may act there or above may act on it
  owner_id uuid, -- who is turned to; null: nobody answers
  owner_unit_id uuid, -- whose office the owner acts for: when they leave it, its next holder owns the request
  fell boolean not null, -- nobody near answered
  round int not null default 1, -- begins anew when handed on or reopened
  climbed int not null default 0, -- rungs climbed in this round
  response_id uuid,
  asked_at timestamptz not null,
  taken_at timestamptz,
  answered_at timestamptz,
  closed_at timestamptz,
  due_at timestamptz, -- open: when it climbs; answered: when it closes by itself
  primary key (institution_id, request_id),
  check ((state = 'closed') = (closed_at is not null)),
  check (state <> 'answered' or answered_at is not null),
  foreign key (institution_id, person_id) references directory.person on delete cascade,
  foreign key (institution_id, asked_by) references directory.person on delete cascade,
  foreign key (institution_id, unit_id) references directory.unit on delete set null (unit_id),
  foreign key (institution_id, owner_id) references directory.person on delete set null (owner_id),
  foreign key (institution_id, owner_unit_id) references directory.unit on delete set null (owner_unit_id),
  foreign key (institution_id, response_id) references responses.response on delete cascade
);
create index on issues.help_request (institution_id, person_id);
create index on issues.help_request (institution_id, asked_by);
create index on issues.help_request (institution_id, owner_id) where state <> 'closed';
create index on issues.help_request (institution_id, unit_id, state);
create index on issues.help_request (institution_id, asked_at);
call kernel.wall('issues.help_request');

create table issues.help_event (
  institution_id uuid not null,
  request_id uuid not null,
  seq bigint generated always as identity,
  at timestamptz not null,
  action text not null check (action in ('ask', 'take', 'note', 'answer', 'handOn', 'escalate', 'add', 'close', 'lapse', 'reopen')),
  by_person uuid, -- null: a job
  text text not null default '' check (length(text) <= 2000),
  owner_id uuid, -- who is turned to from here on, where that changed
  unit_id uuid,
  primary key (institution_id, request_id, seq),
  foreign key (institution_id, request_id) references issues.help_request on delete cascade
);
call kernel.wall('issues.help_event', 'select, insert, delete');

-- Which unit handles a theme; without a row: whoever answers for the person.
create table issues.desk (
  institution_id uuid not null references kernel.institution on delete cascade,
  theme text not null,
  unit_id uuid not null,
  primary key (institution_id, theme),
  foreign key (institution_id, unit_id) references directory.unit on delete cascade
);
call kernel.wall('issues.desk');
