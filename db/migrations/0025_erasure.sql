-- When a response has ended, what is personal about it is erased by rule, with a certificate; counts stay. See docs/decisions/0012-erasure.md.

-- ── The rule, the date, holds, the certificate ───────────────────────────────────────────────────
-- Decided in advance; the latest counts for what closes from then on. Without a row: 30 days.
create table responses.erasure_rule (
  institution_id uuid not null references kernel.institution on delete cascade,
  seq bigint generated always as identity,
  days int not null check (days between 0 and 180),
  basis text not null check (length(basis) between 2 and 400),
  decided_by text not null check (length(decided_by) between 1 and 200),
  set_at timestamptz not null,
  set_by uuid, -- null: whoever has the shell of the server
  primary key (institution_id, seq)
);
call kernel.wall('responses.erasure_rule', 'select, insert, delete');

-- As it stood when the response closed: a later rule moves no date that was announced.
alter table responses.response add column erase_days int, add column erase_basis text, add column erase_at timestamptz;

do $$
declare institution uuid;
begin
  for institution in select institution_id from kernel.institution loop
    perform set_config('app.institution', institution::text, true);
    -- What was closed before anybody was told a date gets the whole time from now on.
    update responses.response set erase_days = 30, erase_basis = '', erase_at = greatest(closed_at, kernel.present()) + interval '30 days' where institution_id = institution and closed_at is not null;
    insert into kernel.job (institution_id, job_id, kind, key, payload, run_at)
      select institution_id, gen_random_uuid(), 'responses.erase', response_id || ' date', jsonb_build_object('responseId', response_id), erase_at from responses.response where institution_id = institution and erase_at is not null;
  end loop;
  perform set_config('app.institution', '', true);
end $$;
alter table responses.response add check ((closed_at is null) = (erase_at is null));

create table responses.hold (
  institution_id uuid not null,
  hold_id uuid not null,
  response_id uuid not null,
  reason text not null check (length(reason) between 2 and 400),
  decided_by text not null check (length(decided_by) between 1 and 200),
  until timestamptz not null,
  placed_at timestamptz not null,
  placed_by uuid,
  lifted_at timestamptz,
  lifted_by uuid,
  lifted_reason text,
  primary key (institution_id, hold_id),
  check (until > placed_at),
  check ((lifted_at is null) = (lifted_reason is null)),
  foreign key (institution_id, response_id) references responses.response on delete cascade
);
create index on responses.hold (institution_id, response_id);
call kernel.wall('responses.hold');

-- An erasure from its first portion on; the certificate once it has finished.
create table responses.erasure (
  institution_id uuid not null,
  response_id uuid not null,
  started_at timestamptz not null,
  scope jsonb not null, -- what it reaches, fixed when it began
  step text not null default '', -- which of the kinds it is at; empty: the first
  after text[], -- the key of the last row looked at
  rows jsonb not null default '{}', -- erased so far, by kind
  counts jsonb not null, -- the figures that stay
  finished_at timestamptz,
  certificate jsonb,
  primary key (institution_id, response_id),
  check ((finished_at is null) = (certificate is null)),
  foreign key (institution_id, response_id) references responses.response on delete cascade
);
call kernel.wall('responses.erasure', 'select, insert, update');

-- ── Counts that stay ─────────────────────────────────────────────────────────────────────────────
-- Where each measure stood on each unit, with what lies below it, when it ended.
create table measures.final (
  institution_id uuid not null,
  measure_id uuid not null,
  unit_id uuid not null,
  kept int not null,
  gap int not null,
  excused int not null,
  unknown int not null,
  primary key (institution_id, measure_id, unit_id),
  foreign key (institution_id, measure_id) references measures.measure on delete cascade,
  foreign key (institution_id, unit_id) references directory.unit on delete cascade
);
call kernel.wall('measures.final', 'select, insert, delete');

-- How many had opened a notice when it was erased who they were.
alter table notices.notice add column opened int, add column receipts_erased_at timestamptz;
-- What somebody wrote to a step goes; the step stays.
grant update (note) on notices.event to bulwark_app;

-- ── Facts by month ───────────────────────────────────────────────────────────────────────────────
-- A month went over all institutions and whatever was in it; now only where everything in it is due.
drop function facts.drop_months(timestamptz);

-- Drops a month that is over if all that is in it is due (see kernel/erasing.ts): answers how many facts went; null: something in it stays, or somebody is writing into it.
create function facts.erase_month(month text, attributes text[], read text[], during tstzmultirange, until timestamptz) returns bigint
language plpgsql security definer set search_path = pg_catalog, facts set lock_timeout = '2s' as $$
declare
  mine uuid := kernel.institution_id();
  part text := 'facts.fact_' || month;
  due text := '((attribute = any($2) or (attribute <> all($3) and recorded_at <@ $4)) and recorded_at <= $5)';
  institution uuid;
  stays boolean := false;
  gone bigint;
begin
  if month !~ '^\d{4}_\d{2}$' or to_regclass(part) is null or (to_date(month, 'YYYY_MM') + interval '1 month') at time zone 'UTC' > least(until, now()) then return null; end if;
  -- Nobody writes into this month meanwhile; answers of other months go on, and so does reading.
  execute format('lock table only %s in exclusive mode', part);
  for institution in select i.institution_id from kernel.institution i order by i.institution_id = mine desc loop
    perform set_config('app.institution', institution::text, true);
    execute format('select exists (select from %s where institution_id = $1 and (institution_id <> $6 or not %s))', part, due) into stays using institution, attributes, read, during, until, mine;
    exit when stays;
  end loop;
  perform set_config('app.institution', mine::text, true);
  if stays then return null; end if;
  execute format('select count(*) from %s where institution_id = $1', part) into gone using mine;
  execute format('drop table %s', part);
  return gone;
exception when lock_not_available or deadlock_detected then
  return null;
end $$;
revoke all on function facts.erase_month from public;
grant execute on function facts.erase_month to bulwark_app;

-- ── What the planner remembers ───────────────────────────────────────────────────────────────────
-- The statistics of a column hold values out of its rows. They are taken anew; where no row is left to take them from, they are cleared (from PostgreSQL 18 on; before, they go with the next rows).
create function kernel.forget_values(tables text[]) returns void language plpgsql security definer set search_path = pg_catalog as $$
declare
  name text;
  leaf record;
  empty boolean;
begin
  foreach name in array tables loop
    continue when not exists (select from pg_attribute a where a.attrelid = to_regclass(name) and a.attname = 'institution_id');
    execute format('analyze %s', name::regclass);
    continue when current_setting('server_version_num')::int < 180000;
    for leaf in select c.oid, n.nspname, c.relname, c.relkind from pg_partition_tree(name::regclass) t join pg_class c on c.oid = t.relid join pg_namespace n on n.oid = c.relnamespace
      union select c.oid, n.nspname, c.relname, c.relkind from pg_class c join pg_namespace n on n.oid = c.relnamespace where c.oid = name::regclass loop
      -- Set by the analysis just before; 0: it found nothing.
      select not exists (select from pg_partition_tree(leaf.oid) t join pg_class c on c.oid = t.relid where c.relkind = 'r' and c.reltuples > 0) and (leaf.relkind = 'p' or (select reltuples <= 0 from pg_class where oid = leaf.oid)) into empty;
      continue when not empty;
      execute format('select pg_clear_attribute_stats(schemaname => %L, relname => %L, attname => a.attname::text, inherited => %s) from pg_attribute a where a.attrelid = %s and a.attnum > 0 and not a.attisdropped',
        leaf.nspname, leaf.relname, (leaf.relkind = 'p')::text, leaf.oid);
    end loop;
  end loop;
end $$;
revoke all on function kernel.forget_values from public;
grant execute on function kernel.forget_values to bulwark_app;
