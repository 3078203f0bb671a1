-- What an institution sets up at its first run: its own words, who holds which office as its rosters say; receipts of imports; who visits a drill; finding one's way in the log.

-- The institution's own words instead of the ready-made ones: names of trees, kinds of units and of people; where there are offices, they are the whole list.
create table directory.wording (
  institution_id uuid not null references kernel.institution on delete cascade,
  kind text not null check (kind in ('tree', 'unit', 'person', 'office')),
  key text not null check (length(key) between 1 and 60), -- as the vocabulary names it; of an office its title
  zh text not null check (length(zh) between 1 and 60),
  en text not null check (length(en) between 1 and 80),
  role text, -- of an office
  primary key (institution_id, kind, key),
  check ((kind = 'office') = (role is not null))
);
call kernel.wall('directory.wording');

-- Who holds an office as a roster says in passing (职务, 辅导员): proposed, never appointed by itself.
create table directory.office_hint (
  institution_id uuid not null,
  unit_id uuid not null,
  title text not null check (length(title) between 1 and 60),
  role text not null,
  number text not null default '', -- of the roster; empty where only a name stood there
  name text not null default '',
  noted_at timestamptz not null,
  settled_at timestamptz, -- appointed, or put aside by a person
  primary key (institution_id, unit_id, title, number, name),
  foreign key (institution_id, unit_id) references directory.unit on delete cascade
);
call kernel.wall('directory.office_hint');

-- A receipt outlives the rows it is about.
alter table directory.import add column applied_by uuid, add column bytes bigint, add column header jsonb not null default '[]', add column marks jsonb not null default '[]';
alter table directory.roster_file add column applied_at timestamptz, add column applied_by uuid;
update directory.roster_file set applied_at = changed_at, applied_by = made_by where state = 'applied';

-- Whoever goes into a drill keeps the way back: the session they came from.
alter table directory.session add column home_institution_id uuid, add column home_session_id uuid, add check (num_nonnulls(home_institution_id, home_session_id) in (0, 2));

-- Reads by time. Entries come in order of time: a summary of each stretch is enough.
create index access_at_idx on kernel.access using brin (at);
