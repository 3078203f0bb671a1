-- What everybody's number begins with finds everybody: nobody reads that list, so no more than enough is looked at. Exact answers are asked for apart from it.
-- Only by the indexes of what is written: for the sake of the limit the planner would rather go through the people one by one.
create function directory.find_persons(likes text[], inside text[], most int) returns setof uuid
language sql stable security definer set search_path = pg_catalog, directory set enable_seqscan = off set enable_indexscan = off as $$
  (select p.person_id from directory.person p where p.institution_id = (select kernel.institution_id()) and p.left_at is null and (p.name || ' ' || p.number || ' ' || p.pinyin) ilike any (likes) limit most)
  union
  (select p.person_id from directory.person p where p.institution_id = (select kernel.institution_id()) and p.left_at is null and regexp_replace(p.name, '(.)', '\1 ', 'g') like any (inside) limit most)
$$;
revoke all on function directory.find_persons(text[], text[], int) from public;
grant execute on function directory.find_persons(text[], text[], int) to bulwark_app;
drop function directory.find_persons(text[], text[]);
