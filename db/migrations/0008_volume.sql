-- For volume: journals without a look at the institution for every row, facts in months, and counts kept beside the standings.

-- ── Journals ─────────────────────────────────────────────────────────────────────────────────────
-- A key to the institution costs a look-up and a lock for every row, and guards nothing that the wall's own policy does not. What has no such key is emptied by kernel.empty_journals.
alter table kernel.log drop constraint log_institution_id_fkey;
drop index kernel.log_institution_id_at_idx;
create index log_at_idx on kernel.log using brin (at);

-- Answers that share a commit share a line: who answered, under which request, in the same order. What each said stands in the journal of facts.
alter table kernel.log add actor_ids uuid[], add request_ids uuid[];

create procedure kernel.empty_journals(institution uuid) language plpgsql as $$
declare journal regclass;
begin
  if not exists (select from kernel.institution i where i.institution_id = institution and i.drill) then return; end if;
  for journal in
    select c.oid::regclass from pg_class c join pg_namespace n on n.oid = c.relnamespace join pg_attribute a on a.attrelid = c.oid and a.attname = 'institution_id'
    where c.relkind in ('r', 'p') and not c.relispartition and n.nspname not like 'pg\_%' and c.oid <> 'kernel.institution'::regclass
      and not exists (select from pg_constraint k where k.conrelid = c.oid and k.contype = 'f') and has_table_privilege(c.oid, 'delete')
  loop
    execute format('delete from %s where institution_id = $1', journal) using institution;
  end loop;
end $$;

-- ── Facts by month ───────────────────────────────────────────────────────────────────────────────
-- Ids are time-ordered (UUID version 7, RFC 9562), so a range of ids is a range of time, and an id stays unique over all months. Old months are dropped, not deleted row by row.
create function facts.first_id(moment timestamptz) returns uuid language sql immutable parallel safe
  return rpad(lpad(to_hex((extract(epoch from moment) * 1000)::bigint), 12, '0'), 32, '0')::uuid;

alter table facts.fact rename to fact_before;
alter index facts.fact_pkey rename to fact_before_pkey;
create table facts.fact (
  institution_id uuid not null,
  fact_id uuid not null,
  subject_id uuid not null,
  attribute text not null,
  value jsonb not null,
  observed_at timestamptz not null,
  recorded_at timestamptz not null,
  source text not null check (source in ('answer', 'proxy', 'import', 'system', 'office')),
  recorded_by uuid,
  response_id uuid,
  corrects uuid,
  primary key (institution_id, fact_id)
) partition by range (fact_id);
create index on facts.fact (institution_id, subject_id, attribute, observed_at desc);
call kernel.wall('facts.fact', 'select, insert, delete'); -- never updated: a correction is a newer fact
-- Ids of other times: of a device whose clock is years off, or not time-ordered at all.
create table facts.fact_other partition of facts.fact default;
call kernel.wall('facts.fact_other', 'select');
revoke all on facts.fact_other from bulwark_app; -- only through the whole

-- Makes the months from one moment to another that are missing, and moves into them what waited elsewhere.
create function facts.open_months(first timestamptz, last timestamptz) returns int language plpgsql set search_path = pg_catalog as $$
declare
  month timestamptz;
  name text;
  low uuid;
  high uuid;
  institution uuid;
  before text := current_setting('app.institution', true);
  made int := 0;
begin
  for month in select date_trunc('month', m at time zone 'UTC') at time zone 'UTC' from generate_series(date_trunc('month', first at time zone 'UTC'), last at time zone 'UTC', interval '1 month') m loop
    name := 'facts.fact_' || to_char(month at time zone 'UTC', 'YYYY_MM');
    continue when to_regclass(name) is not null;
    low := facts.first_id(month);
    high := facts.first_id((month at time zone 'UTC' + interval '1 month') at time zone 'UTC');
    execute format('create table %s (like facts.fact including all)', name);
    execute format('call kernel.wall(%L, %L)', name, 'select');
    execute format('revoke all on %s from bulwark_app', name);
    for institution in select i.institution_id from kernel.institution i loop
      perform set_config('app.institution', institution::text, true);
      execute format('with moved as (delete from facts.fact_other where institution_id = $1 and fact_id >= $2 and fact_id < $3 returning *) insert into %s select * from moved', name) using institution, low, high;
    end loop;
    perform set_config('app.institution', coalesce(before, ''), true);
    execute format('alter table facts.fact attach partition %s for values from (%L) to (%L)', name, low, high);
    made := made + 1;
  end loop;
  return made;
end $$;
revoke all on function facts.open_months from public;

-- Run by the owner whenever a server starts: months ahead, for one that runs long.
create function facts.upkeep() returns void language sql as $$ select facts.open_months(now(), now() + interval '12 months') $$;
revoke all on function facts.upkeep from public;

-- Erasure of whole months, for the owner: the facts go at once and for good; what is known now (the profile) stays.
create function facts.drop_months(before timestamptz) returns setof text language plpgsql set search_path = pg_catalog as $$
declare part record;
begin
  for part in select c.relname, to_date(right(c.relname, 7), 'YYYY_MM') as month from pg_inherits i join pg_class c on c.oid = i.inhrelid where i.inhparent = 'facts.fact'::regclass and c.relname ~ '^fact_\d{4}_\d{2}$' order by 1 loop
    continue when (part.month + interval '1 month') at time zone 'UTC' > before;
    execute format('drop table facts.%I', part.relname);
    return next part.relname;
  end loop;
end $$;
revoke all on function facts.drop_months from public;

do $$
declare institution uuid;
begin
  perform facts.open_months(now() - interval '12 months', now() + interval '12 months'); -- what is older waits in fact_other
  for institution in select institution_id from kernel.institution loop
    perform set_config('app.institution', institution::text, true);
    insert into facts.fact select institution_id, fact_id, subject_id, attribute, value, observed_at, recorded_at, source, recorded_by, response_id, corrects from facts.fact_before where institution_id = institution;
  end loop;
  perform set_config('app.institution', '', true);
end $$;
drop table facts.fact_before;

-- ── Counts ───────────────────────────────────────────────────────────────────────────────────────
-- How many subjects of a measure hang on a unit itself (not below it), by their stored state. Kept by the triggers below in the transaction that changes a standing or a membership,
-- so that a count is always what a recount would be.
create table measures.tally (
  institution_id uuid not null,
  measure_id uuid not null,
  unit_id uuid not null,
  kept int not null default 0,
  gap int not null default 0,
  unknown int not null default 0,
  primary key (institution_id, measure_id, unit_id),
  foreign key (institution_id, measure_id) references measures.measure on delete cascade,
  foreign key (institution_id, unit_id) references directory.unit on delete cascade
) with (fillfactor = 50);
call kernel.wall('measures.tally');

-- Whoever changes standings shares this lock, whoever moves people takes it alone: each then sees what the other did.
create function measures.tally_lock() returns void language sql as $$ select pg_advisory_xact_lock(7712, hashtext(kernel.institution_id()::text)) $$;
create function measures.tally_share() returns void language sql as $$ select pg_advisory_xact_lock_shared(7712, hashtext(kernel.institution_id()::text)) $$;

do $do$
declare
  one text := 'select institution_id, measure_id, subject_id, %1$s(state = ''kept'')::int as kept, %1$s(state = ''gap'')::int as gap, %1$s(state = ''unknown'')::int as unknown from %2$s';
  -- Per kind of statement: by how much each subject changes which count. Old and new are added up, not joined: a plan made for few rows would compare each with each when many come.
  standings jsonb := jsonb_build_object(
    'insert', format(one, '', 'new_rows'),
    -- A measure that is being deleted takes its counts along.
    'delete', format(one, '-', 'old_rows') || ' where exists (select from measures.measure m where m.institution_id = old_rows.institution_id and m.measure_id = old_rows.measure_id)',
    'update', 'select institution_id, measure_id, subject_id, sum(kept) as kept, sum(gap) as gap, sum(unknown) as unknown from (' || format(one, '', 'new_rows') || ' union all ' || format(one, '-', 'old_rows') || ') x
      group by 1, 2, 3 having sum(kept) <> 0 or sum(gap) <> 0 or sum(unknown) <> 0');
  memberships jsonb := jsonb_build_object(
    'insert', 'select institution_id, person_id, unit_id, 1 as n from new_rows',
    'delete', 'select institution_id, person_id, unit_id, -1 as n from old_rows',
    'update', 'select n.institution_id, n.person_id, s.unit_id, s.n from new_rows n join old_rows o using (institution_id, person_id, tree) cross join lateral (values (n.unit_id, 1), (o.unit_id, -1)) s(unit_id, n) where n.unit_id <> o.unit_id');
  add text := 'on conflict (institution_id, measure_id, unit_id) do update set kept = t.kept + excluded.kept, gap = t.gap + excluded.gap, unknown = t.unknown + excluded.unknown;';
  tables jsonb := '{"insert": "new table as new_rows", "delete": "old table as old_rows", "update": "old table as old_rows new table as new_rows"}';
  act text;
begin
  foreach act in array array['insert', 'update', 'delete'] loop
    execute format($f$create function measures.tally_standing_%1$s() returns trigger language plpgsql as $body$ begin
      if not exists (select from %4$s) then return null; end if;
      perform measures.tally_share();
      with c as materialized (%2$s)
      insert into measures.tally as t (institution_id, measure_id, unit_id, kept, gap, unknown)
      select c.institution_id, c.measure_id, b.unit_id, sum(c.kept), sum(c.gap), sum(c.unknown) from c join directory.membership b on b.institution_id = c.institution_id and b.person_id = c.subject_id group by 1, 2, 3
      union all
      select c.institution_id, c.measure_id, u.unit_id, c.kept, c.gap, c.unknown from c join directory.unit u on u.institution_id = c.institution_id and u.unit_id = c.subject_id
        -- The subjects of one measure are of one kind: of people, nobody is looked for among the units.
        where exists (select from (select * from c limit 1) r join directory.unit k on k.institution_id = r.institution_id and k.unit_id = r.subject_id)
      order by 1, 2, 3 -- in one order, so that two at once wait instead of blocking each other
      %3$s
      return null;
    end $body$$f$, act, standings ->> act, add, case act when 'delete' then 'old_rows' else 'new_rows' end);
    execute format('create trigger tally_%1$s after %1$s on measures.standing referencing %2$s for each statement execute function measures.tally_standing_%1$s()', act, tables ->> act);
    execute format($f$create function measures.tally_membership_%1$s() returns trigger language plpgsql as $body$ begin
      if not exists (select from measures.measure where institution_id = (select kernel.institution_id()) and status = 'on') then return null; end if;
      perform measures.tally_lock();
      insert into measures.tally as t (institution_id, measure_id, unit_id, kept, gap, unknown)
      select c.institution_id, s.measure_id, c.unit_id, sum(c.n * (s.state = 'kept')::int), sum(c.n * (s.state = 'gap')::int), sum(c.n * (s.state = 'unknown')::int)
      -- offset 0: by the index of subjects, also while nobody has analysed a table that just grew.
      from (%2$s) c cross join lateral (select x.institution_id, x.measure_id, x.state from measures.standing x where x.institution_id = c.institution_id and x.subject_id = c.person_id offset 0) s
        join measures.measure m on m.institution_id = s.institution_id and m.measure_id = s.measure_id join directory.unit u on u.institution_id = c.institution_id and u.unit_id = c.unit_id
      group by 1, 2, 3 order by 1, 2, 3 %3$s
      return null;
    end $body$$f$, act, memberships ->> act, add);
    execute format('create trigger measures_tally_%1$s after %1$s on directory.membership referencing %2$s for each statement execute function measures.tally_membership_%1$s()', act, tables ->> act);
  end loop;
end $do$;

-- What there is already, counted once.
do $$
declare institution uuid;
begin
  for institution in select institution_id from kernel.institution loop
    perform set_config('app.institution', institution::text, true);
    insert into measures.tally (institution_id, measure_id, unit_id, kept, gap, unknown)
    select s.institution_id, s.measure_id, p.unit_id, count(*) filter (where s.state = 'kept'), count(*) filter (where s.state = 'gap'), count(*) filter (where s.state = 'unknown')
    from measures.standing s cross join lateral (select b.unit_id from directory.membership b where b.institution_id = s.institution_id and b.person_id = s.subject_id
      union all select u.unit_id from directory.unit u where u.institution_id = s.institution_id and u.unit_id = s.subject_id) p group by 1, 2, 3;
  end loop;
  perform set_config('app.institution', '', true);
end $$;
