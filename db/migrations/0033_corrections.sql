-- Corrections are few: found among millions of facts without a look at each.
create index fact_corrections on facts.fact (institution_id, attribute, observed_at) where corrects is not null;
