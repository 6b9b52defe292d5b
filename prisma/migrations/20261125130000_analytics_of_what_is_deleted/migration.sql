-- What a bot's analytics have to remember of rows that are gone (ADR 25).
create table analytics_deleted_counts (
  "bot_id" UUID NOT NULL,
  "day" DATE NOT NULL,
  "kind" TEXT NOT NULL,
  "name" TEXT NOT NULL,
  "count" BIGINT NOT NULL,

  CONSTRAINT "analytics_deleted_counts_pkey" PRIMARY KEY ("bot_id", "day", "kind", "name")
);

create table analytics_deleted_talks (
  "bot_id" UUID NOT NULL,
  "day" DATE NOT NULL,
  "conversation_id" TEXT NOT NULL,
  "user_id" TEXT NOT NULL,

  CONSTRAINT "analytics_deleted_talks_pkey" PRIMARY KEY ("bot_id", "day", "conversation_id", "user_id")
);

create table analytics_deleted_users (
  "bot_id" UUID NOT NULL,
  "id" TEXT NOT NULL,
  "created_at" TIMESTAMPTZ(3) NOT NULL,

  CONSTRAINT "analytics_deleted_users_pkey" PRIMARY KEY ("bot_id", "id")
);

-- The name of an event as the bot knows it.
create function event_name(p_installation uuid, p_type text) returns text language sql stable as $$
  select case when p_installation is null or p_type = 'message_created' then p_type
    else coalesce((select i.alias from installations i where i.id = p_installation), '') || ':' || p_type end
$$;

-- Each statement that deletes leaves its counts in the same transaction, so whoever counts sees a row or its trace, never both.
-- Rows of a bot that is gone leave none. Traces are written in order: two deletions never wait in a circle.
create function messages_leave_counts() returns trigger language plpgsql as $$
begin
  insert into analytics_deleted_counts as c (bot_id, day, kind, name, count)
  select d.bot_id, (d.created_at at time zone 'UTC')::date, 'message', d.direction, count(*)
  from deleted d join bots b on b.id = d.bot_id
  group by 1, 2, 3, 4 order by 1, 2, 3, 4
  on conflict (bot_id, day, kind, name) do update set count = c.count + excluded.count;
  insert into analytics_deleted_talks (bot_id, day, conversation_id, user_id)
  select distinct d.bot_id, (d.created_at at time zone 'UTC')::date, d.conversation_id, d.user_id
  from deleted d join bots b on b.id = d.bot_id
  where d.direction = 'incoming'
  order by 1, 2, 3, 4
  on conflict do nothing;
  return null;
end $$;

create function events_leave_counts() returns trigger language plpgsql as $$
begin
  insert into analytics_deleted_counts as c (bot_id, day, kind, name, count)
  select d.bot_id, (d.created_at at time zone 'UTC')::date, 'event', event_name(d.installation_id, d.type), count(*)
  from deleted d join bots b on b.id = d.bot_id
  group by 1, 2, 3, 4 order by 1, 2, 3, 4
  on conflict (bot_id, day, kind, name) do update set count = c.count + excluded.count;
  return null;
end $$;

create function users_leave_traces() returns trigger language plpgsql as $$
begin
  insert into analytics_deleted_users (bot_id, id, created_at)
  select d.bot_id, d.id, d.created_at from deleted d join bots b on b.id = d.bot_id
  order by 1, 2
  on conflict do nothing;
  return null;
end $$;

create trigger messages_counted_after_all after delete on messages referencing old table as deleted
  for each statement execute function messages_leave_counts();
create trigger events_counted_after_all after delete on events referencing old table as deleted
  for each statement execute function events_leave_counts();
create trigger users_counted_after_all after delete on users referencing old table as deleted
  for each statement execute function users_leave_traces();
