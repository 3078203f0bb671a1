-- Duties that come round every month: cycle_weekday then holds the day of the month, 31 meaning its last day.
alter table notices.duty drop constraint duty_cycle_check, drop constraint duty_cycle_weekday_check;
alter table notices.duty add constraint duty_cycle_check check (cycle in ('once', 'daily', 'weekdays', 'weekly', 'monthly')),
  add constraint duty_cycle_weekday_check check (cycle_weekday between 1 and case when cycle = 'monthly' then 31 else 7 end),
  add constraint duty_cycle_month_day_check check (cycle <> 'monthly' or cycle_weekday is not null);
