-- The two tables that grow with people times measures or attributes: a key looked up for every row costs a third of writing them, and guards nothing. Measures and institutions
-- go only with a drill, and kernel.empty_journals then empties what has no key.
alter table measures.standing drop constraint standing_institution_id_measure_id_fkey;
alter table facts.profile drop constraint profile_institution_id_fkey;

-- One delete may reach measures of people and of units alike.
create or replace function measures.tally_standing_delete() returns trigger language plpgsql as $$ begin
  perform measures.tally_share();
  insert into measures.tally as t (institution_id, measure_id, unit_id, kept, gap, unknown)
  select o.institution_id, o.measure_id, p.unit_id, -count(*) filter (where o.state = 'kept'), -count(*) filter (where o.state = 'gap'), -count(*) filter (where o.state = 'unknown')
  from old_rows o join measures.measure m on m.institution_id = o.institution_id and m.measure_id = o.measure_id
  cross join lateral (select b.unit_id from directory.membership b where b.institution_id = o.institution_id and b.person_id = o.subject_id
    union all select u.unit_id from directory.unit u where u.institution_id = o.institution_id and u.unit_id = o.subject_id) p
  group by 1, 2, 3 order by 1, 2, 3
  on conflict (institution_id, measure_id, unit_id) do update set kept = t.kept + excluded.kept, gap = t.gap + excluded.gap, unknown = t.unknown + excluded.unknown;
  return null;
end $$;
