-- How somebody is told that something waits for them: on their devices, in their unit's working chat group, by mail. A message is a title, a line and a link; no names, no health.
create schema messages;
grant usage on schema messages to bulwark_app;

-- With this key push services know the institution (VAPID). Made when the first device is connected.
create table messages.push_key (
  institution_id uuid not null references kernel.institution on delete cascade,
  public_key text not null,
  private_key bytea not null, -- sealed
  made_at timestamptz not null,
  primary key (institution_id)
);
call kernel.wall('messages.push_key', 'select, insert, delete');

-- A browser that takes messages for whoever is signed in on it; signing out ends it.
create table messages.device (
  institution_id uuid not null,
  device_id uuid not null,
  person_id uuid not null,
  session_id uuid not null,
  endpoint text not null check (length(endpoint) between 10 and 1000),
  public_key bytea not null check (length(public_key) = 65),
  secret bytea not null check (length(secret) = 16),
  name text not null check (length(name) between 1 and 60),
  language text not null check (language in ('zh-Hans', 'zh-Hant', 'en')),
  made_at timestamptz not null,
  told_at timestamptz,
  primary key (institution_id, device_id),
  unique (institution_id, endpoint),
  foreign key (institution_id, person_id) references directory.person on delete cascade,
  foreign key (institution_id, session_id) references directory.session on delete cascade
);
create index on messages.device (institution_id, person_id);
call kernel.wall('messages.device');

-- How a person wants to be told; without a row: push where connected, else mail, quiet from 22 to 7.
create table messages.preference (
  institution_id uuid not null,
  person_id uuid not null,
  push boolean not null,
  mail boolean not null,
  quiet_from smallint check (quiet_from between 0 and 23),
  quiet_to smallint check (quiet_to between 0 and 23),
  language text not null check (language in ('zh-Hans', 'zh-Hant', 'en')),
  primary key (institution_id, person_id),
  check ((quiet_from is null) = (quiet_to is null)),
  foreign key (institution_id, person_id) references directory.person on delete cascade
);
call kernel.wall('messages.preference');

-- The robot of a unit's working chat group. Whoever has its address can write into the group: it lies sealed and is never shown again.
create table messages.robot (
  institution_id uuid not null,
  robot_id uuid not null,
  unit_id uuid not null,
  service text not null check (service in ('wecom', 'dingtalk', 'feishu', 'lark')),
  name text not null check (length(name) between 1 and 60),
  address bytea not null, -- sealed
  ending text not null check (length(ending) <= 6), -- by which people tell addresses apart
  secret bytea, -- sealed; for services that want what is sent signed
  kinds text[] not null,
  language text not null check (language in ('zh-Hans', 'zh-Hant', 'en')),
  active boolean not null,
  made_at timestamptz not null,
  made_by uuid,
  next_at timestamptz not null, -- not before, by the service's limits
  told_at timestamptz,
  problem jsonb, -- why the last one did not arrive, in words
  problem_at timestamptz,
  primary key (institution_id, robot_id),
  foreign key (institution_id, unit_id) references directory.unit on delete cascade,
  foreign key (institution_id, made_by) references directory.person on delete set null (made_by)
);
create index on messages.robot (institution_id, unit_id);
call kernel.wall('messages.robot');

create table messages.message (
  institution_id uuid not null references kernel.institution on delete cascade,
  message_id uuid not null,
  key text not null check (length(key) <= 200), -- said once, however often it is tried
  kind text not null,
  urgent boolean not null,
  title jsonb not null,
  line jsonb not null,
  path text not null check (path like '/%' and length(path) <= 300),
  tag text not null check (length(tag) <= 100), -- a later one with the same tag takes its place
  made_at timestamptz not null,
  primary key (institution_id, message_id),
  unique (institution_id, key)
);
create index on messages.message (institution_id, made_at);
call kernel.wall('messages.message');

-- A message on its way to one person or one group.
create table messages.delivery (
  institution_id uuid not null,
  delivery_id uuid not null,
  message_id uuid not null,
  person_id uuid,
  robot_id uuid,
  channel text not null check (channel in ('push', 'mail', 'robot', 'none')),
  -- none: there is no way to tell this person; drill: an exercise tells nobody outside.
  state text not null check (state in ('waiting', 'sent', 'failed', 'none', 'drill')),
  attempts int not null default 0,
  due_at timestamptz not null,
  held_until timestamptz, -- a process is at it
  done_at timestamptz,
  opened_at timestamptz,
  problem jsonb,
  primary key (institution_id, delivery_id),
  check (num_nonnulls(person_id, robot_id) = 1),
  foreign key (institution_id, message_id) references messages.message on delete cascade,
  foreign key (institution_id, person_id) references directory.person on delete cascade,
  foreign key (institution_id, robot_id) references messages.robot on delete cascade
);
create unique index delivery_person on messages.delivery (institution_id, message_id, person_id) where person_id is not null;
create unique index delivery_robot on messages.delivery (institution_id, message_id, robot_id) where robot_id is not null;
create index delivery_waiting on messages.delivery (institution_id, channel, due_at) where state = 'waiting';
create index delivery_of_person on messages.delivery (institution_id, person_id, done_at) where person_id is not null;
create index delivery_of_robot on messages.delivery (institution_id, robot_id) where robot_id is not null;
create index delivery_failed on messages.delivery (institution_id, done_at) where state = 'failed';
call kernel.wall('messages.delivery');
