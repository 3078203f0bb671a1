-- Who answers for which unit, person or place, since when.
create schema directory;
grant usage on schema directory to bulwark_app;

create table directory.unit (
  institution_id uuid not null references kernel.institution on delete cascade,
  unit_id uuid not null,
  no bigint generated always as identity, -- the unit's label in paths
  tree text not null check (tree in ('admin', 'party', 'residence')),
  parent_id uuid,
  kind text not null,
  name text not null check (length(name) between 1 and 100),
  path ltree not null,
  closed_at timestamptz,
  primary key (institution_id, unit_id),
  foreign key (institution_id, parent_id) references directory.unit,
  unique nulls not distinct (institution_id, tree, parent_id, name)
);
create index on directory.unit using gist (institution_id, path);
create index on directory.unit (institution_id, parent_id);
create unique index on directory.unit (institution_id, no);
call kernel.wall('directory.unit');
comment on column directory.unit.path is 'The numbers (no) from the root down to this unit.';

-- Every unit with each unit above it, itself included (distance 0). Kept with the paths; joins that climb use it.
create table directory.ancestry (
  institution_id uuid not null,
  unit_id uuid not null,
  ancestor_id uuid not null,
  distance int not null check (distance >= 0),
  primary key (institution_id, unit_id, ancestor_id),
  foreign key (institution_id, unit_id) references directory.unit on delete cascade,
  foreign key (institution_id, ancestor_id) references directory.unit on delete cascade
);
create index on directory.ancestry (institution_id, ancestor_id, distance);
call kernel.wall('directory.ancestry');

create table directory.person (
  institution_id uuid not null references kernel.institution on delete cascade,
  person_id uuid not null,
  number text not null check (length(number) between 1 and 40),
  name text not null check (length(name) between 1 and 100),
  pinyin text not null default '', -- full and initials, for search
  kind text not null check (kind in ('student', 'staff', 'contractor', 'family')),
  sex text check (sex in ('male', 'female')),
  grade text,
  major text,
  political_status text,
  phone text,
  email text,
  status text not null default 'enrolled', -- enrolled, on-leave, intern, retired …
  on_campus boolean,
  left_at timestamptz,
  primary key (institution_id, person_id),
  unique (institution_id, number)
);
create index on directory.person using gin ((name || ' ' || number || ' ' || pinyin) gin_trgm_ops);
call kernel.wall('directory.person');

create table directory.membership (
  institution_id uuid not null,
  person_id uuid not null,
  tree text not null,
  unit_id uuid not null,
  since timestamptz not null,
  primary key (institution_id, person_id, tree),
  foreign key (institution_id, person_id) references directory.person on delete cascade,
  foreign key (institution_id, unit_id) references directory.unit on delete cascade
);
create index on directory.membership (institution_id, unit_id);
call kernel.wall('directory.membership');

create table directory.office (
  institution_id uuid not null,
  office_id uuid not null,
  unit_id uuid not null,
  title text not null check (length(title) between 1 and 60),
  role text not null,
  primary key (institution_id, office_id),
  unique (institution_id, unit_id, title),
  foreign key (institution_id, unit_id) references directory.unit on delete cascade
);
call kernel.wall('directory.office');

create table directory.holding (
  institution_id uuid not null,
  holding_id uuid not null,
  office_id uuid not null,
  person_id uuid not null,
  capacity text not null check (capacity in ('holder', 'deputy')),
  during tstzrange not null check (not isempty(during)),
  primary key (institution_id, holding_id),
  foreign key (institution_id, office_id) references directory.office on delete cascade,
  foreign key (institution_id, person_id) references directory.person on delete cascade,
  exclude using gist (institution_id with =, office_id with =, person_id with =, during with &&)
);
create index on directory.holding (institution_id, person_id);
create index on directory.holding (institution_id, office_id);
call kernel.wall('directory.holding');

-- 联系户: a member looks after a room, household (unit) or person.
create table directory.link (
  institution_id uuid not null,
  link_id uuid not null,
  member_id uuid not null,
  unit_id uuid,
  person_id uuid,
  during tstzrange not null check (not isempty(during)),
  primary key (institution_id, link_id),
  check (num_nonnulls(unit_id, person_id) = 1),
  foreign key (institution_id, member_id) references directory.person on delete cascade,
  foreign key (institution_id, unit_id) references directory.unit on delete cascade,
  foreign key (institution_id, person_id) references directory.person on delete cascade
);
create index on directory.link (institution_id, member_id);
call kernel.wall('directory.link');

create table directory.account (
  institution_id uuid not null,
  person_id uuid not null,
  login text not null check (length(login) between 2 and 60),
  password_hash text not null,
  failures int not null default 0,
  locked_until timestamptz,
  primary key (institution_id, person_id),
  unique (institution_id, login),
  foreign key (institution_id, person_id) references directory.person on delete cascade
);
call kernel.wall('directory.account');

create table directory.session (
  institution_id uuid not null,
  session_id uuid not null,
  token_hash bytea not null,
  person_id uuid not null,
  created_at timestamptz not null,
  expires_at timestamptz not null,
  primary key (institution_id, session_id),
  unique (institution_id, token_hash),
  foreign key (institution_id, person_id) references directory.person on delete cascade
);
create index on directory.session (institution_id, person_id);
call kernel.wall('directory.session');

-- A one-time code with which a person sets a password: no default accounts, no derivable first passwords.
create table directory.invitation (
  institution_id uuid not null,
  code_hash bytea not null,
  person_id uuid not null,
  expires_at timestamptz not null,
  used_at timestamptz,
  primary key (institution_id, code_hash),
  foreign key (institution_id, person_id) references directory.person on delete cascade
);
call kernel.wall('directory.invitation');

create table directory.import (
  institution_id uuid not null references kernel.institution on delete cascade,
  import_id uuid not null,
  kind text not null check (kind in ('people', 'offices', 'links')),
  file_name text not null,
  content jsonb not null, -- the rows as read; removed once applied
  summary jsonb not null,
  made_at timestamptz not null,
  made_by uuid,
  applied_at timestamptz,
  primary key (institution_id, import_id)
);
call kernel.wall('directory.import');

-- A bulk import leaves the planner without figures until autovacuum comes by; it runs this at its end.
create function directory.analyse() returns void language plpgsql security definer set search_path = pg_catalog, directory as $$
begin
  analyze directory.unit, directory.ancestry, directory.person, directory.membership, directory.office, directory.holding, directory.link;
end $$;
revoke all on function directory.analyse from public;
grant execute on function directory.analyse to bulwark_app;
