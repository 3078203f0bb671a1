-- What was so before, so that "as it was known then" can be answered; and follow-ups that climb while nobody touches them.

-- ── The past of a table ──────────────────────────────────────────────────────────────────────────
-- The institution's time inside the database: for triggers, which no caller can hand a moment.
create function kernel.present() returns timestamptz language sql stable as $$
  select now() + coalesce((select i.clock_offset from kernel.institution i where i.institution_id = kernel.institution_id()), '0')
$$;
grant execute on function kernel.present to bulwark_app;

-- Keeps, beside a table, each row as it was until it was changed or deleted. Only what is watched makes a past; an insert writes nothing, so that a first import costs nothing.
create procedure kernel.keep_past(watched regclass, keys text[], columns text[]) language plpgsql as $$
declare
  past text := watched::text || '_past';
  kept text := array_to_string(array(select quote_ident(c) from unnest('{institution_id}'::text[] || keys || columns) c), ', ');
  shape text := (select string_agg(format('%I %s%s', a.attname, format_type(a.atttypid, a.atttypmod), case when a.attnotnull then ' not null' else '' end), ', ' order by array_position(keys || columns, a.attname::text))
    from pg_attribute a where a.attrelid = watched and a.attname::text = any(keys || columns));
  key text := array_to_string(array(select quote_ident(c) from unnest(keys) c), ', ');
begin
  execute format('create table %s (institution_id uuid not null references kernel.institution on delete cascade, %s, until timestamptz not null, seq bigint generated always as identity, primary key (institution_id, %s, seq))', past, shape, key);
  execute format('create index on %s (institution_id, until)', past);
  execute format('call kernel.wall(%L, %L)', past, 'select, insert, delete');
  execute format($f$
    create function %s_kept() returns trigger language plpgsql as $t$
    declare moment timestamptz := kernel.present();
    begin
      if tg_op = 'UPDATE' then
        insert into %1$s (%2$s, until) select %3$s, moment from gone g join came c on g.institution_id = c.institution_id and %4$s where (%5$s) is distinct from (%6$s);
      else
        insert into %1$s (%2$s, until) select %3$s, moment from gone g where exists (select from kernel.institution i where i.institution_id = g.institution_id);
      end if;
      return null;
    end $t$ $f$, past, kept,
    array_to_string(array(select format('g.%I', c) from unnest('{institution_id}'::text[] || keys || columns) c), ', '),
    array_to_string(array(select format('g.%1$I = c.%1$I', c) from unnest(keys) c), ' and '),
    array_to_string(array(select format('g.%I', c) from unnest(columns) c), ', '), array_to_string(array(select format('c.%I', c) from unnest(columns) c), ', '));
  execute format('create trigger past_of_changed after update on %s referencing old table as gone new table as came for each statement execute function %s_kept()', watched, past);
  execute format('create trigger past_of_deleted after delete on %s referencing old table as gone for each statement execute function %s_kept()', watched, past);
end $$;

-- When something came to be; null: before anybody noted it.
alter table directory.unit add column made_at timestamptz;
alter table directory.unit alter column made_at set default kernel.present();
alter table directory.office add column made_at timestamptz;
alter table directory.office alter column made_at set default kernel.present();
alter table directory.holding add column made_at timestamptz;
alter table directory.holding alter column made_at set default kernel.present();

call kernel.keep_past('directory.person', '{person_id}', '{kind,grade,status,political_status,left_at}');
call kernel.keep_past('directory.membership', '{person_id,tree}', '{unit_id,since}');
call kernel.keep_past('directory.unit', '{unit_id}', '{tree,parent_id,kind,closed_at,made_at}');
call kernel.keep_past('directory.office', '{office_id}', '{unit_id,role,made_at}');
call kernel.keep_past('directory.holding', '{holding_id}', '{office_id,person_id,during,made_at}');
call kernel.keep_past('facts.attribute', '{key}', '{fresh_seconds}');
call kernel.keep_past('measures.measure', '{measure_id}', '{status}');

-- Since when the past is kept in this database: what was before cannot be told.
do $$ begin
  execute format('create function kernel.past_kept_since() returns timestamptz language sql immutable parallel safe as %L', format('select timestamptz %L', now()));
end $$;
grant execute on function kernel.past_kept_since to bulwark_app;

-- ── Follow-ups ───────────────────────────────────────────────────────────────────────────────────
alter table measures.measure drop constraint measure_follow_up_check;
alter table measures.measure add constraint measure_follow_up_check check (follow_up in ('none', 'tell-owner', 'open-task', 'ask-decision')),
  add column climb_seconds int default 86400 check (climb_seconds >= 600); -- how long a follow-up may lie untouched before it climbs; null: it stays

alter table measures.task
  add column kind text not null default 'open-task' check (kind in ('tell-owner', 'open-task', 'ask-decision')),
  add column owner_unit_id uuid, -- whose office the owner acts for: from here it climbs
  add column climbed int not null default 0,
  add column touch_by timestamptz; -- when it climbs if nobody has touched it; null: it stays where it is
create index on measures.task (institution_id, touch_by) where done_at is null and touch_by is not null;

-- With whom a follow-up was, step by step.
create table measures.task_step (
  institution_id uuid not null,
  task_id uuid not null,
  step int not null,
  at timestamptz not null,
  action text not null check (action in ('climb', 'hand-over', 'decide')),
  from_person uuid, -- null: nobody answered
  to_person uuid,
  to_unit uuid,
  words text not null default '',
  primary key (institution_id, task_id, step),
  foreign key (institution_id, task_id) references measures.task on delete cascade
);
create index on measures.task_step (institution_id, from_person);
call kernel.wall('measures.task_step', 'select, insert, delete');
