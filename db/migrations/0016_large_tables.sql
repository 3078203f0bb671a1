-- The two tables that grow with people times measures or attributes: a key looked up for every row costs a third of writing them, and guards nothing. Measures and institutions
-- go only with a drill, and kernel.empty_journals then empties what has no key.
alter table measures.standing drop constraint standing_institution_id_measure_id_fkey;
alter table facts.profile drop constraint profile_institution_id_fkey;
