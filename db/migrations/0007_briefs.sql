-- Reports upward: fixed figures with the rows they were counted from, editions, signatures, sendings.
create schema briefs;
grant usage on schema briefs to bulwark_app;

create table briefs.brief (
  institution_id uuid not null references kernel.institution on delete cascade,
  brief_id uuid not null,
  series_id uuid not null, -- the first edition
  edition int not null check (edition > 0),
  kind text not null check (kind in ('regular', 'zero')),
  state text not null check (state in ('draft', 'signed')),
  subject_kind text not null check (subject_kind in ('notice', 'response')),
  subject_id uuid not null, -- the counts outlive what they were about
  subject_name text not null,
  response_id uuid, -- whose end erases the rows
  unit_id uuid not null,
  title text not null check (length(title) between 2 and 200),
  addressee text,
  report_to text,
  proposed_address text,
  period_from timestamptz not null,
  period_to timestamptz not null,
  as_of timestamptz not null,
  situation text not null default '' check (length(situation) <= 6000),
  problems text not null default '' check (length(problems) <= 6000),
  next_steps text not null default '' check (length(next_steps) <= 6000),
  tables jsonb not null default '[]', -- coverage by the units just below: counts as they were
  previous_id uuid, -- the signed brief it is compared with
  corrects uuid,
  reason text,
  drafted_by uuid,
  drafted_at timestamptz not null,
  signed_by uuid,
  signed_name text,
  signed_title text,
  signed_at timestamptz,
  content jsonb, -- the document as signed, in each language
  erased_at timestamptz, -- the rows are gone, the counts stay
  primary key (institution_id, brief_id),
  unique (institution_id, series_id, edition),
  check (period_from <= period_to),
  check ((state = 'signed') = (signed_at is not null and signed_name is not null and content is not null)),
  check ((edition > 1) = (corrects is not null and length(reason) >= 2)),
  foreign key (institution_id, unit_id) references directory.unit on delete cascade
);
create unique index one_draft on briefs.brief (institution_id, series_id) where state = 'draft';
create index on briefs.brief (institution_id, unit_id, as_of desc);
create index on briefs.brief (institution_id, subject_id, unit_id, as_of desc) where state = 'signed';
call kernel.wall('briefs.brief');

-- What was signed is fixed: only the rows behind it may be erased by rule.
create function briefs.keep_signed() returns trigger language plpgsql as $$
begin
  if old.state = 'signed' and (to_jsonb(new) - 'erased_at') is distinct from (to_jsonb(old) - 'erased_at') then
    raise exception 'a signed brief is fixed' using errcode = 'check_violation';
  end if;
  return new;
end $$;
create trigger keep_signed before update on briefs.brief for each row execute function briefs.keep_signed();

create table briefs.figure (
  institution_id uuid not null,
  brief_id uuid not null,
  figure_id uuid not null,
  position int not null,
  grouped text not null check (grouped in ('response', 'duties', 'units', 'coverage', 'help')),
  key text not null,
  label jsonb not null,
  value double precision not null,
  hidden boolean not null,
  words jsonb,
  counts jsonb not null,
  previous double precision,
  source jsonb not null,
  query jsonb not null,
  frame text, -- the rows: those of this frame whose mark is one of the codes
  mark text,
  codes int[],
  primary key (institution_id, figure_id),
  unique (institution_id, brief_id, key),
  foreign key (institution_id, brief_id) references briefs.brief on delete cascade
);
call kernel.wall('briefs.figure', 'select, insert, delete');

-- The ids of everything that was looked at, 16 bytes each, and beside them which unit just below each belongs to (2 bytes, 0: none).
create table briefs.frame (
  institution_id uuid not null,
  brief_id uuid not null,
  frame text not null,
  row_kind text not null check (row_kind in ('person', 'unit', 'assignment', 'duty', 'help-request')),
  ids bytea not null check (length(ids) % 16 = 0),
  places bytea not null check (length(places) * 8 = length(ids)),
  place_units uuid[] not null, -- place n is the n-th, from 1
  primary key (institution_id, brief_id, frame),
  foreign key (institution_id, brief_id) references briefs.brief on delete cascade
);
call kernel.wall('briefs.frame', 'select, insert, delete');

-- Where each of a frame stood, one byte each, in the same order.
create table briefs.mark (
  institution_id uuid not null,
  brief_id uuid not null,
  frame text not null,
  mark text not null,
  codes bytea not null,
  primary key (institution_id, brief_id, frame, mark),
  foreign key (institution_id, brief_id, frame) references briefs.frame on delete cascade
);
call kernel.wall('briefs.mark', 'select, insert, delete');

create table briefs.sending (
  institution_id uuid not null,
  send_id uuid not null,
  brief_id uuid not null,
  address text not null check (length(address) between 6 and 254),
  formats text[] not null check (cardinality(formats) between 1 and 3),
  language text not null,
  state text not null default 'waiting' check (state in ('waiting', 'sent', 'failed')),
  asked_at timestamptz not null,
  asked_by uuid,
  sent_at timestamptz,
  attempts int not null default 0,
  problem jsonb,
  primary key (institution_id, send_id),
  check ((state = 'sent') = (sent_at is not null)),
  foreign key (institution_id, brief_id) references briefs.brief on delete cascade
);
create index on briefs.sending (institution_id, brief_id);
call kernel.wall('briefs.sending');
