-- What the browser said it is when somebody signed in: by which they tell their devices apart, and sign out the one that was lost.
alter table directory.session add column device text check (length(device) between 1 and 60);
