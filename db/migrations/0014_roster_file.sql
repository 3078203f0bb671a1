-- Rosters too large to be read at once: the file in pieces, how far it was read, the people in it, the rows that somebody should look at.
create table directory.roster_file (
  institution_id uuid not null references kernel.institution on delete cascade,
  import_id uuid not null,
  file_name text not null check (length(file_name) between 1 and 200),
  made_at timestamptz not null,
  made_by uuid, -- null: whoever has the shell of the server
  state text not null check (state in ('receiving', 'checking', 'checked', 'applying', 'applied', 'refused')),
  bytes bigint not null check (bytes > 0),
  covers text check (covers in ('student', 'staff', 'contractor')),
  apply_left boolean not null default false,
  -- How the file is written and what its columns mean; null until it was opened.
  format jsonb,
  -- Where the next record begins, and the row before it. Both move in the transaction that takes the rows before them.
  at_byte bigint not null default 0,
  at_row int not null default 0,
  summary jsonb not null,
  refusal jsonb, -- {code, zh, en}
  changed_at timestamptz not null,
  primary key (institution_id, import_id)
);
call kernel.wall('directory.roster_file');

create table directory.roster_piece (
  institution_id uuid not null,
  import_id uuid not null,
  starts bigint not null,
  content bytea not null,
  primary key (institution_id, import_id, starts),
  foreign key (institution_id, import_id) references directory.roster_file on delete cascade
);
-- Slices are read out of it: uncompressed, they need not read the whole.
alter table directory.roster_piece alter column content set storage external;
call kernel.wall('directory.roster_piece');

-- The people of a file as they were read, each number once. No key to the file for every row: they are written by the thousand and go with it by name.
create table directory.roster_row (
  institution_id uuid not null,
  import_id uuid not null,
  row_no int not null,
  number text not null,
  fields json not null, -- what the roster says; what it says nothing of is absent
  primary key (institution_id, import_id, row_no),
  unique (institution_id, import_id, number)
);
call kernel.wall('directory.roster_row');

-- Units that the rows before name and that are not there yet, while a file is being checked.
create table directory.roster_unit (
  institution_id uuid not null,
  import_id uuid not null,
  unit_id uuid not null,
  tree text not null,
  parent_id uuid,
  kind text not null,
  name text not null,
  primary key (institution_id, import_id, unit_id),
  foreign key (institution_id, import_id) references directory.roster_file on delete cascade
);
call kernel.wall('directory.roster_unit');

create table directory.roster_mark (
  institution_id uuid not null,
  import_id uuid not null,
  row_no int not null,
  kind text not null check (kind in ('refused', 'doubt')),
  cells jsonb not null, -- as they stood in the file
  reasons jsonb not null, -- [{zh, en}]
  primary key (institution_id, import_id, row_no),
  foreign key (institution_id, import_id) references directory.roster_file on delete cascade
);
call kernel.wall('directory.roster_mark');
