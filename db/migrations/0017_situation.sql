-- What the situation needs of the past, how units are found by typing, and views that a person keeps.

-- Where the institution and the units right below it stood, hour by hour, as counted then. Later answers about earlier days do not change it.
create table measures.hour (
  institution_id uuid not null,
  measure_id uuid not null,
  unit_id uuid not null,
  at timestamptz not null, -- when it was counted; one counting has one moment
  kept int not null,
  gap int not null,
  excused int not null,
  unknown int not null,
  primary key (institution_id, unit_id, measure_id, at),
  foreign key (institution_id, measure_id) references measures.measure on delete cascade,
  foreign key (institution_id, unit_id) references directory.unit on delete cascade
);
create index on measures.hour (institution_id, at);
call kernel.wall('measures.hour');

-- What happened lately, whatever notice it belongs to.
create index on notices.event (institution_id, at);

-- Units by pinyin and initials, as people are. `pinyin_of`: the name it was made from; a job follows where they differ.
alter table directory.unit add column pinyin text not null default '', add column pinyin_of text not null default '';
create index on directory.unit using gin ((name || ' ' || pinyin) gin_trgm_ops);
insert into kernel.job (institution_id, job_id, kind, key, run_at)
  select institution_id, gen_random_uuid(), 'directory.names', 'all', now() + clock_offset from kernel.institution on conflict do nothing;

-- A page with its filters, kept under a name by one person for themselves.
create table directory.saved_view (
  institution_id uuid not null,
  view_id uuid not null,
  person_id uuid not null,
  name text not null check (length(name) between 1 and 40),
  address text not null check (length(address) between 1 and 600 and address ~ '^/[a-z]'),
  made_at timestamptz not null,
  primary key (institution_id, view_id),
  foreign key (institution_id, person_id) references directory.person on delete cascade
);
create index on directory.saved_view (institution_id, person_id);
call kernel.wall('directory.saved_view');
