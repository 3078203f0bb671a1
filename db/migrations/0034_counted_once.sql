-- Whoever stores the standings of everybody at once counts them in the same statement, over all of them (queries.ts, standFirst), and says so: the trigger then has nothing to add.
-- The trigger's own statement is planned once a session, for the few subjects of a flush, and took as long for a million as all the rest.
drop trigger tally_insert on measures.standing;
create trigger tally_insert after insert on measures.standing referencing new table as new_rows for each statement
  when (current_setting('app.tallied', true) is distinct from 'on') execute function measures.tally_standing_insert();
