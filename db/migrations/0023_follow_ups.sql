-- The follow-ups of a minute without a look at every open gap.

-- When somebody has to look after this standing: its grace is over (since + grace), it was excused or let off, or what is followed up was put right (-infinity: at once); infinity: somebody follows it up; null: nothing is to be done.
alter table measures.standing add column look_at timestamptz;
create index standing_look_at on measures.standing (institution_id, measure_id, look_at) where look_at < 'infinity';

-- An excuse that begins or ends: looked at anew.
create function measures.look_after_excuse() returns trigger language plpgsql as $$ begin
  update measures.standing s set look_at = '-infinity' from (
    select x.institution_id, x.measure_id, x.subject_id from measures.standing x join came c using (institution_id, measure_id, subject_id) where x.state <> 'kept' or x.look_at is not null order by 1, 2, 3 for no key update of x
  ) l where s.institution_id = l.institution_id and s.measure_id = l.measure_id and s.subject_id = l.subject_id;
  return null;
end $$;
create trigger look_after_begun after insert on measures.excuse referencing new table as came for each statement execute function measures.look_after_excuse();
create trigger look_after_changed after update on measures.excuse referencing new table as came for each statement execute function measures.look_after_excuse();

-- A follow-up that is opened or done. Of a measure that has ended nothing is looked after.
create function measures.look_after_task() returns trigger language plpgsql as $$ begin
  update measures.standing s set look_at = case when l.open then 'infinity'::timestamptz end from (
    select x.institution_id, x.measure_id, x.subject_id, c.done_at is null as open
    from came c join measures.measure m using (institution_id, measure_id) join measures.standing x using (institution_id, measure_id, subject_id)
    where m.status = 'on' and (c.done_at is null or x.look_at = 'infinity') order by 1, 2, 3 for no key update of x
  ) l where s.institution_id = l.institution_id and s.measure_id = l.measure_id and s.subject_id = l.subject_id and s.look_at is distinct from case when l.open then 'infinity'::timestamptz end;
  return null;
end $$;
create trigger look_after_opened after insert on measures.task referencing new table as came for each statement execute function measures.look_after_task();
create function measures.look_after_changed_task() returns trigger language plpgsql as $$ begin
  -- Only what was done or opened again, not what merely went to somebody else.
  if not exists (select from came c join gone g using (institution_id, task_id) where (c.done_at is null) <> (g.done_at is null)) then return null; end if;
  update measures.standing s set look_at = case when l.open then 'infinity'::timestamptz end from (
    select x.institution_id, x.measure_id, x.subject_id, c.done_at is null as open
    from came c join gone g using (institution_id, task_id) join measures.measure m on m.institution_id = c.institution_id and m.measure_id = c.measure_id
      join measures.standing x on x.institution_id = c.institution_id and x.measure_id = c.measure_id and x.subject_id = c.subject_id
    where (c.done_at is null) <> (g.done_at is null) and m.status = 'on' and (c.done_at is null or x.look_at = 'infinity') order by 1, 2, 3 for no key update of x
  ) l where s.institution_id = l.institution_id and s.measure_id = l.measure_id and s.subject_id = l.subject_id;
  return null;
end $$;
create trigger look_after_changed after update on measures.task referencing old table as gone new table as came for each statement execute function measures.look_after_changed_task();

-- What there is already is looked at once.
do $$
declare institution uuid;
begin
  for institution in select institution_id from kernel.institution loop
    perform set_config('app.institution', institution::text, true);
    update measures.standing s set look_at = '-infinity' from measures.measure m
    where s.institution_id = institution and m.institution_id = s.institution_id and m.measure_id = s.measure_id and m.status = 'on' and (
      (s.state <> 'kept' and m.follow_up <> 'none') or exists (select from measures.task t where t.institution_id = s.institution_id and t.measure_id = s.measure_id and t.subject_id = s.subject_id and t.done_at is null));
    update measures.task t set done_at = kernel.present(), outcome = 'gap-closed' where t.institution_id = institution and t.done_at is null
      and not exists (select from measures.standing s where s.institution_id = t.institution_id and s.measure_id = t.measure_id and s.subject_id = t.subject_id);
  end loop;
  perform set_config('app.institution', '', true);
end $$;
