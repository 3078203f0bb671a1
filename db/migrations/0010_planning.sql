-- Who overrode a warning before a measure was switched on; how often its basis asks; doubts about what came in.

alter table measures.measure
  add column sponsor_id uuid, -- the person who answers for it; null: nobody was needed, or whoever has the shell of the server
  add column sponsored_at timestamptz,
  add column sponsored_over jsonb; -- {seconds, people, objections}: what was known when it was overridden
comment on column measures.measure.sponsor is 'Why the warning was overridden, in the words of whoever switched it on.';

-- How often the document behind a measure asks for a fact; absent: the document does not say.
create table measures.demand (
  institution_id uuid not null,
  measure_id uuid not null,
  attribute text not null,
  every_seconds int check (every_seconds >= 60), -- null: once
  primary key (institution_id, measure_id, attribute),
  foreign key (institution_id, measure_id) references measures.measure on delete cascade
);
call kernel.wall('measures.demand');

-- Something that a person should look at; the machine draws no conclusion from it and moves no figure.
create table measures.doubt (
  institution_id uuid not null references kernel.institution on delete cascade,
  doubt_id uuid not null,
  kind text not null check (kind in ('same-instant', 'impossible', 'never-moves', 'copied-forward', 'by-proxy', 'late')),
  mark text not null, -- what it is about, so that the same is found once only
  unit_id uuid not null, -- whose owners look at it
  attribute text not null,
  subject_kind text not null check (subject_kind in ('person', 'unit')),
  subjects uuid[] not null check (cardinality(subjects) > 0),
  figures jsonb not null, -- the reasons in figures
  recorded_by uuid, -- who entered it for others: not who decides about it
  found_at timestamptz not null,
  state text not null default 'open' check (state in ('open', 'dismissed', 'asked')),
  settled_at timestamptz,
  settled_by uuid,
  words text, -- why it was dismissed, or what those asked again were told
  primary key (institution_id, doubt_id),
  unique (institution_id, mark),
  foreign key (institution_id, unit_id) references directory.unit on delete cascade,
  check ((state = 'open') = (settled_at is null))
);
create index on measures.doubt (institution_id, unit_id) where state = 'open';
call kernel.wall('measures.doubt');

-- A question opened anew for somebody by a person who doubts the answer. What is known stays until it is answered again.
create table measures.asked_again (
  institution_id uuid not null,
  doubt_id uuid not null,
  subject_id uuid not null,
  attribute text not null,
  note text not null default '',
  by_person uuid,
  at timestamptz not null,
  primary key (institution_id, doubt_id, subject_id),
  foreign key (institution_id, doubt_id) references measures.doubt on delete cascade
);
create index on measures.asked_again (institution_id, subject_id);
call kernel.wall('measures.asked_again');

-- How far the search for doubts has come.
create table measures.doubt_scan (
  institution_id uuid primary key references kernel.institution on delete cascade,
  scanned_to timestamptz not null,
  figures_on date -- the local day on which figures that never move were last looked for
);
call kernel.wall('measures.doubt_scan');

-- The search for doubts reads what was recorded since it last looked. Rows come in that order, so a few bytes for every range of pages find them.
create index fact_recorded on facts.fact using brin (recorded_at) with (autosummarize = on);
