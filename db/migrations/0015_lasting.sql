-- Answers that hold until a moment of their own ("I stay in Shanghai until 20 February"), instead of as long as answers of their kind do.
create table facts.lasting (
  institution_id uuid not null references kernel.institution on delete cascade,
  fact_id uuid not null,
  until timestamptz not null,
  primary key (institution_id, fact_id)
);
call kernel.wall('facts.lasting', 'select, insert, delete');
