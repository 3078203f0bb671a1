-- What every slice stands on: institutions, the log, idempotent requests, jobs, reads of personal data.
-- Every table is keyed by institution first, and walled by row-level security (kernel.wall).

do $$ begin
  if not exists (select from pg_roles where rolname = 'bulwark_app') then create role bulwark_app nologin nobypassrls; end if;
end $$;
create extension if not exists ltree;
create extension if not exists btree_gist;
create extension if not exists pg_trgm;
grant usage on schema kernel to bulwark_app;

create function kernel.institution_id() returns uuid language sql stable parallel safe
  return nullif(current_setting('app.institution', true), '')::uuid;

-- The second wall: a table shows and takes only rows of the institution that the transaction stands in.
create procedure kernel.wall(walled regclass, grants text default 'select, insert, update, delete') language plpgsql as $$
begin
  execute format('alter table %s enable row level security', walled);
  execute format('alter table %s force row level security', walled);
  execute format('create policy institution on %s using (institution_id = (select kernel.institution_id())) with check (institution_id = (select kernel.institution_id()))', walled);
  execute format('grant %s on %s to bulwark_app', grants, walled);
end $$;

create table kernel.institution (
  institution_id uuid primary key,
  code text not null unique check (code ~ '^[a-z0-9][a-z0-9-]{1,39}$'),
  name text not null check (length(name) between 1 and 100),
  vocabulary text not null default 'cn-university',
  time_zone text not null default 'Asia/Shanghai',
  drill boolean not null default false,
  -- A drill lives its days faster: its clock is real time plus this.
  clock_offset interval not null default '0',
  settings jsonb not null default '{}',
  created_at timestamptz not null default now(),
  check (drill or clock_offset = '0')
);
alter table kernel.institution enable row level security;
alter table kernel.institution force row level security;
create policy everybody_reads on kernel.institution for select using (true);
create policy own_insert on kernel.institution for insert with check (institution_id = (select kernel.institution_id()));
create policy own_update on kernel.institution for update using (institution_id = (select kernel.institution_id()));
create policy own_delete on kernel.institution for delete using (institution_id = (select kernel.institution_id()) and drill);
grant select, insert, update, delete on kernel.institution to bulwark_app;

-- First start prints a one-time token; whoever holds it makes the first institution and its administrator.
create table kernel.claim (
  token_hash bytea primary key,
  created_at timestamptz not null default now(),
  used_at timestamptz
);
grant select, insert, update on kernel.claim to bulwark_app;

create table kernel.request (
  institution_id uuid not null references kernel.institution on delete cascade,
  request_id uuid not null,
  actor_id uuid,
  call text not null,
  body_hash bytea not null,
  answer jsonb not null,
  at timestamptz not null,
  primary key (institution_id, request_id)
);
create index on kernel.request (institution_id, at);
call kernel.wall('kernel.request', 'select, insert, delete');

create table kernel.log (
  institution_id uuid not null references kernel.institution on delete cascade,
  seq bigint generated always as identity,
  at timestamptz not null,
  actor_kind text not null check (actor_kind in ('person', 'operator', 'system', 'anonymous')),
  actor_id uuid,
  call text not null,
  subject_kind text,
  subject_id uuid,
  detail jsonb not null default '{}',
  request_id uuid,
  primary key (institution_id, seq)
);
create index on kernel.log (institution_id, subject_id, seq) where subject_id is not null;
create index on kernel.log (institution_id, at);
call kernel.wall('kernel.log', 'select, insert');
grant delete on kernel.log to bulwark_app; -- only a drill may be wiped:
create policy wipe_drill on kernel.log as restrictive for delete
  using (exists (select from kernel.institution i where i.institution_id = kernel.log.institution_id and i.drill));

-- Who looked at whose data.
create table kernel.access (
  institution_id uuid not null references kernel.institution on delete cascade,
  person_id uuid not null,
  at timestamptz not null,
  seq bigint generated always as identity,
  actor_kind text not null,
  actor_id uuid,
  call text not null,
  purpose text not null default '',
  primary key (institution_id, person_id, seq)
);
call kernel.wall('kernel.access', 'select, insert, delete');

create table kernel.job (
  institution_id uuid not null references kernel.institution on delete cascade,
  job_id uuid not null,
  kind text not null,
  -- At most one waiting job of a kind with the same key.
  key text,
  payload jsonb not null default '{}',
  run_at timestamptz not null, -- in the institution's time
  attempts int not null default 0,
  locked_until timestamptz, -- in real time
  last_error text,
  primary key (institution_id, job_id)
);
create unique index job_key on kernel.job (institution_id, kind, key) where key is not null and locked_until is null;
create index on kernel.job (run_at);
call kernel.wall('kernel.job');
create policy owner_claims on kernel.job to current_user using (true); -- claim_jobs runs as the owner, over all institutions

-- Claims due jobs of all institutions; the caller then runs each inside its own institution.
create function kernel.claim_jobs(most int, lease interval) returns table (institution_id uuid, job_id uuid, kind text, payload jsonb, attempts int)
language sql volatile security definer set search_path = pg_catalog, kernel as $$
  update kernel.job j set locked_until = now() + lease, attempts = j.attempts + 1
  from (
    select c.institution_id, c.job_id from kernel.job c join kernel.institution i using (institution_id)
    where c.run_at <= now() + i.clock_offset and (c.locked_until is null or c.locked_until < now())
    order by c.run_at limit most for update of c skip locked
  ) due
  where j.institution_id = due.institution_id and j.job_id = due.job_id
  returning j.institution_id, j.job_id, j.kind, j.payload, j.attempts
$$;
-- When the next job falls due, in real time.
create function kernel.next_job_at() returns timestamptz language sql stable security definer set search_path = pg_catalog, kernel as $$
  select min(greatest(c.run_at - i.clock_offset, coalesce(c.locked_until, '-infinity'))) from kernel.job c join kernel.institution i using (institution_id)
$$;
revoke all on function kernel.claim_jobs, kernel.next_job_at from public;
grant execute on function kernel.claim_jobs, kernel.next_job_at, kernel.institution_id to bulwark_app;
