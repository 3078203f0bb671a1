-- People are found by what their text contains. Under row-level security no index serves that: `ilike` is not known to keep secrets, so the wall is asked row by row first and
-- everybody is read. A function of the owner asks the indexes and keeps to the institution by itself.
create policy owner_finds on directory.person for select to current_user using (true);
-- A name character by character: what stands inside it is a word here, and found like one.
create index on directory.person using gin (regexp_replace(name, '(.)', '\1 ', 'g') gin_trgm_ops);

-- Who may be meant: by patterns for name, number, pinyin and initials, and for the name character by character.
create function directory.find_persons(likes text[], inside text[]) returns setof uuid
language sql stable security definer set search_path = pg_catalog, directory set enable_seqscan = off as $$
  (select p.person_id from directory.person p where p.institution_id = (select kernel.institution_id()) and p.left_at is null and (p.name || ' ' || p.number || ' ' || p.pinyin) ilike any (likes))
  union
  (select p.person_id from directory.person p where p.institution_id = (select kernel.institution_id()) and p.left_at is null and regexp_replace(p.name, '(.)', '\1 ', 'g') like any (inside))
$$;
revoke all on function directory.find_persons from public;
grant execute on function directory.find_persons to bulwark_app;

-- What a bulk import leaves unsorted before the indexes is read in full at every search, until somebody vacuums.
create or replace function directory.analyse() returns void language plpgsql security definer set search_path = pg_catalog, directory as $$
begin
  perform gin_clean_pending_list(i.indexrelid) from pg_index i join pg_class c on c.oid = i.indexrelid join pg_am a on a.oid = c.relam and a.amname = 'gin' where i.indrelid in ('directory.person'::regclass, 'directory.unit'::regclass);
  analyze directory.unit, directory.ancestry, directory.person, directory.membership, directory.office, directory.holding, directory.link;
end $$;
