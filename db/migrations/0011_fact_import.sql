-- Facts brought in by a file: the file in pieces, how far it was read, the rows that could not be taken.
create table facts.import (
  institution_id uuid not null references kernel.institution on delete cascade,
  import_id uuid not null,
  file_name text not null check (length(file_name) between 1 and 200),
  made_at timestamptz not null,
  made_by uuid, -- null: whoever has the shell of the server
  state text not null check (state in ('receiving', 'checking', 'checked', 'applying', 'applied', 'refused')),
  bytes bigint not null check (bytes > 0),
  -- For a file without a column of times.
  observed_at timestamptz,
  -- Headers that a person gave a meaning by hand.
  chosen jsonb not null default '{}',
  -- How the file is written and what its columns mean; null until it was opened.
  format jsonb,
  -- Where the next record begins. Moves in the transaction that takes the rows before it.
  at_byte bigint not null default 0,
  at_row int not null default 0,
  -- What the reading found so far.
  counts jsonb not null default '{}',
  refusal jsonb, -- {code, zh, en}
  changed_at timestamptz not null,
  primary key (institution_id, import_id)
);
create index on facts.import (institution_id, made_at desc);
call kernel.wall('facts.import');

create table facts.import_piece (
  institution_id uuid not null,
  import_id uuid not null,
  starts bigint not null,
  content bytea not null,
  primary key (institution_id, import_id, starts),
  foreign key (institution_id, import_id) references facts.import on delete cascade
);
-- Slices are read out of it: uncompressed, they need not read the whole.
alter table facts.import_piece alter column content set storage external;
call kernel.wall('facts.import_piece');

create table facts.import_row (
  institution_id uuid not null,
  import_id uuid not null,
  row_no int not null,
  kind text not null check (kind in ('bad', 'doubt')),
  cells jsonb not null, -- as they stood in the file
  reasons jsonb not null, -- [{zh, en}]
  primary key (institution_id, import_id, row_no),
  foreign key (institution_id, import_id) references facts.import on delete cascade
);
call kernel.wall('facts.import_row');

-- Since when somebody is known; null where nobody knows.
alter table directory.person add column arrived_at timestamptz;
