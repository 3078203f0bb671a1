-- One index less on the table that is written most: whoever asks about a person names the measures too, and the key serves that.
drop index measures.standing_institution_id_subject_id_idx;

-- People move: their standings are looked up by key, measure by measure.
do $do$
declare
  memberships jsonb := jsonb_build_object(
    'insert', 'select institution_id, person_id, unit_id, 1 as n from new_rows',
    'delete', 'select institution_id, person_id, unit_id, -1 as n from old_rows',
    'update', 'select n.institution_id, n.person_id, s.unit_id, s.n from new_rows n join old_rows o using (institution_id, person_id, tree) cross join lateral (values (n.unit_id, 1), (o.unit_id, -1)) s(unit_id, n) where n.unit_id <> o.unit_id');
  act text;
begin
  foreach act in array array['insert', 'update', 'delete'] loop
    execute format($f$create or replace function measures.tally_membership_%1$s() returns trigger language plpgsql as $body$
      declare kept_up uuid[];
      begin
      if not exists (select from measures.measure where institution_id = (select kernel.institution_id()) and status = 'on') then return null; end if;
      perform measures.tally_lock();
      -- Counts are kept of every measure that has standings, also of one that ended.
      kept_up := array(select measure_id from measures.measure where institution_id = (select kernel.institution_id()) and status <> 'draft');
      insert into measures.tally as t (institution_id, measure_id, unit_id, kept, gap, unknown)
      select c.institution_id, s.measure_id, c.unit_id, sum(c.n * (s.state = 'kept')::int), sum(c.n * (s.state = 'gap')::int), sum(c.n * (s.state = 'unknown')::int)
      -- offset 0: by the key, also while nobody has analysed a table that just grew.
      from (%2$s) c cross join lateral (select x.measure_id, x.state from measures.standing x where x.institution_id = c.institution_id and x.measure_id = any(kept_up) and x.subject_id = c.person_id offset 0) s
        join directory.unit u on u.institution_id = c.institution_id and u.unit_id = c.unit_id
      group by 1, 2, 3 order by 1, 2, 3
      on conflict (institution_id, measure_id, unit_id) do update set kept = t.kept + excluded.kept, gap = t.gap + excluded.gap, unknown = t.unknown + excluded.unknown;
      return null;
    end $body$$f$, act, memberships ->> act);
  end loop;
end $do$;
