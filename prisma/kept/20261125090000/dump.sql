
SET statement_timeout = 0;
SET lock_timeout = 0;
SET idle_in_transaction_session_timeout = 0;
SET client_encoding = 'UTF8';
SET standard_conforming_strings = on;
SELECT pg_catalog.set_config('search_path', '', false);
SET check_function_bodies = false;
SET xmloption = content;
SET client_min_messages = warning;
SET row_security = off;

CREATE TYPE public.tag_kind AS ENUM (
    'user',
    'conversation',
    'message',
    'workflow'
);

CREATE FUNCTION public.announce_change() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
begin
  perform pg_notify('understudy_changed', '');
  return null;
end $$;

CREATE FUNCTION public.claim_deliveries(p_bots uuid[], p_limit integer, p_per_bot integer, p_wall timestamp with time zone, p_lease_until timestamp with time zone) RETURNS TABLE(bot_id uuid, id text, seq bigint, lane text)
    LANGUAGE plpgsql
    AS $$
declare
  bot uuid;
  taken int := 0;
  row record;
begin
  foreach bot in array p_bots loop
    if taken >= p_limit or not pg_try_advisory_xact_lock(hashtextextended('claim/' || bot, 0)) then
      return query select bot, null::text, null::bigint, null::text;
      continue;
    end if;
    for row in
      with line as materialized (
        select d.id, d.seq, d.target, d.conversation_id, d.failures, d.under_way, coalesce(d.lease_until > p_wall, false) as leased
        from deliveries d where d.bot_id = bot and d.status = 'queued'
        order by d.seq limit 10 * p_per_bot),
      held as (
        select distinct l.target, l.conversation_id from line l where l.leased and not l.under_way and l.failures = 0 and l.conversation_id is not null),
      next as (
        select l.id from line l
        where not l.leased
          and (l.failures > 0 or not exists (select from held h where h.target = l.target and h.conversation_id = l.conversation_id))
        order by l.seq
        limit greatest(0, least(p_limit - taken, p_per_bot - (select count(*) from line l where l.leased)))),
      claimed as (
        update deliveries d set lease_until = p_lease_until, runner = null
        from next n where d.bot_id = bot and d.id = n.id and d.status = 'queued'
        returning d.id, d.seq, case when d.failures = 0 then d.target || coalesce(d.conversation_id, d.id) else d.id end as lane)
      select c.id, c.seq, c.lane from claimed c
      union all
      select null, null, null from (select count(*) as length, count(*) filter (where not l.leased) as free from line l) of_line
      where of_line.length = 10 * p_per_bot or of_line.free > (select count(*) from claimed)
    loop
      bot_id := bot;
      id := row.id;
      seq := row.seq;
      lane := row.lane;
      if id is not null then taken := taken + 1; end if;
      return next;
    end loop;
  end loop;
end $$;

CREATE FUNCTION public.claim_idempotency_key(p_tenant uuid, p_caller text, p_key text, p_now timestamp with time zone) RETURNS TABLE(taken boolean, fingerprint bytea, sealed_answer bytea)
    LANGUAGE plpgsql
    AS $$
begin
  taken := pg_try_advisory_xact_lock(hashtextextended(concat_ws('/', 'idempotency-key', p_tenant, p_caller, p_key), 0));
  if taken then
    select k.fingerprint, k.sealed_answer into fingerprint, sealed_answer
    from idempotency_keys k where k.tenant_id = p_tenant and k.caller = p_caller and k.key = p_key and k.expires_at > p_now;
  end if;
  return next;
end $$;

SET default_tablespace = '';

SET default_table_access_method = heap;

CREATE TABLE public.messages (
    bot_id uuid NOT NULL,
    id text NOT NULL COLLATE pg_catalog."C",
    seq bigint NOT NULL,
    conversation_id text NOT NULL COLLATE pg_catalog."C",
    installation_id uuid NOT NULL,
    user_id text NOT NULL COLLATE pg_catalog."C",
    type text NOT NULL,
    payload json NOT NULL,
    direction text NOT NULL,
    origin text,
    scheduled_at timestamp(3) with time zone,
    integration_tags jsonb NOT NULL,
    bot_tags jsonb NOT NULL,
    created_at timestamp(3) with time zone NOT NULL,
    updated_at timestamp(3) with time zone NOT NULL
);

CREATE FUNCTION public.create_message(p_bot uuid, p_caller uuid, p_conversation text, p_user text, p_id text, p_type text, p_payload json, p_tags_scope uuid, p_tags jsonb, p_declared jsonb, p_bot_tags jsonb, p_origin text, p_event_id text, p_scheduled_at timestamp with time zone, p_now timestamp with time zone) RETURNS TABLE(refusal text, message public.messages)
    LANGUAGE plpgsql
    AS $$
begin
  return query
    with
    conversation as (
      select c.installation_id, c.channel from conversations c
      where c.bot_id = p_bot and c.id = p_conversation and (p_caller is null or c.installation_id = p_caller)),
    author as (
      select u.installation_id from users u
      where u.bot_id = p_bot and u.id = p_user and (p_caller is null or u.installation_id = p_caller or u.id = p_bot::text)),
    verdict as (
      select case
        when not exists (select from conversation) then 'conversation'
        when not exists (select from author) then 'user'
        when (select a.installation_id <> c.installation_id from author a, conversation c) then 'relation'
        when p_tags <> '{}' and (select c.installation_id is distinct from p_tags_scope
          or exists (select from jsonb_object_keys(p_tags) k where not coalesce(p_declared -> c.channel ? k, false)) from conversation c) then 'tags'
      end as refusal),
    -- The row lock comes first: it orders the messages of a conversation (seq order is commit order) and keeps a concurrent
    -- deletion out; no row updated then means "just deleted".
    touched as (
      update conversations c set message_count = c.message_count + 1
      where c.bot_id = p_bot and c.id = p_conversation and (select v.refusal from verdict v) is null
      returning c.id, c.installation_id),
    made as (
      insert into messages (bot_id, id, conversation_id, installation_id, user_id, type, payload, direction, origin, scheduled_at,
        integration_tags, bot_tags, created_at, updated_at)
      select p_bot, p_id, t.id, t.installation_id, p_user, p_type, p_payload, case when p_caller is null then 'outgoing' else 'incoming' end,
        p_origin, p_scheduled_at, p_tags, p_bot_tags, p_now, p_now
      from touched t
      returning messages.*),
    joined as (
      insert into participants (bot_id, conversation_id, user_id, created_at)
      select p_bot, m.conversation_id, m.user_id, p_now from made m
      on conflict do nothing),
    event as (
      insert into events (bot_id, id, installation_id, type, conversation_id, user_id, message_id, status, scheduled_at, created_at, updated_at)
      select p_bot, p_event_id, m.installation_id, 'message_created', m.conversation_id, m.user_id, m.id,
        case when p_scheduled_at is null then 'pending' else 'scheduled' end, p_scheduled_at, p_now, p_now
      from made m where m.direction = 'incoming'),
    owed as (
      insert into deliveries (bot_id, id, target, installation_id, conversation_id, status, due_at, created_at, updated_at)
      select p_bot, case m.direction when 'incoming' then p_event_id else m.id end, case m.direction when 'incoming' then 'bot' else 'integration' end,
        m.installation_id, m.conversation_id, case when p_scheduled_at is null then 'queued' else 'waiting' end, coalesce(p_scheduled_at, p_now), p_now, p_now
      from made m)
    select coalesce(v.refusal, case when m.id is null then 'conversation' end), m::messages
    from verdict v left join made m on true;
end $$;

CREATE TABLE public.conversations (
    bot_id uuid NOT NULL,
    id text NOT NULL COLLATE pg_catalog."C",
    seq bigint NOT NULL,
    installation_id uuid NOT NULL,
    channel text NOT NULL,
    integration_tags jsonb NOT NULL,
    bot_tags jsonb NOT NULL,
    properties jsonb NOT NULL,
    current_task_id text COLLATE pg_catalog."C",
    current_workflow_id text COLLATE pg_catalog."C",
    message_count integer NOT NULL,
    created_at timestamp(3) with time zone NOT NULL,
    updated_at timestamp(3) with time zone NOT NULL
)
WITH (fillfactor='85');

CREATE FUNCTION public.delete_conversation(p_bot uuid, p_caller uuid, p_id text) RETURNS SETOF public.conversations
    LANGUAGE plpgsql
    AS $$
begin
  perform from conversations c where c.bot_id = p_bot and c.id = p_id and (p_caller is null or c.installation_id = p_caller) for update;
  if not found then return; end if;
  delete from messages where bot_id = p_bot and conversation_id = p_id;
  delete from participants where bot_id = p_bot and conversation_id = p_id;
  delete from states where bot_id = p_bot and type = 'conversation' and owner_id = p_id;
  return query delete from conversations c where c.bot_id = p_bot and c.id = p_id returning c.*;
end $$;

CREATE FUNCTION public.delete_message(p_bot uuid, p_caller uuid, p_id text) RETURNS SETOF public.messages
    LANGUAGE plpgsql
    AS $$
declare
  home text;
begin
  select m.conversation_id into home from messages m where m.bot_id = p_bot and m.id = p_id and (p_caller is null or m.installation_id = p_caller);
  if not found then return; end if;
  perform from conversations c where c.bot_id = p_bot and c.id = home for no key update;
  return query
    with gone as (delete from messages m where m.bot_id = p_bot and m.id = p_id returning m.*),
    counted as (update conversations c set message_count = c.message_count - 1 from gone g where c.bot_id = p_bot and c.id = g.conversation_id)
    select * from gone;
end $$;

CREATE TABLE public.users (
    bot_id uuid NOT NULL,
    id text NOT NULL COLLATE pg_catalog."C",
    seq bigint NOT NULL,
    installation_id uuid,
    name text COLLATE pg_catalog."C",
    picture_url text,
    integration_tags jsonb NOT NULL,
    bot_tags jsonb NOT NULL,
    attributes jsonb NOT NULL,
    properties jsonb NOT NULL,
    created_at timestamp(3) with time zone NOT NULL,
    updated_at timestamp(3) with time zone NOT NULL
);

CREATE FUNCTION public.delete_user(p_bot uuid, p_caller uuid, p_id text) RETURNS SETOF public.users
    LANGUAGE plpgsql
    AS $$
begin
  perform from users u where u.bot_id = p_bot and u.id = p_id and (p_caller is null or u.installation_id = p_caller) for update;
  if not found then return; end if;
  delete from participants where bot_id = p_bot and user_id = p_id;
  delete from states where bot_id = p_bot and type = 'user' and owner_id = p_id;
  return query delete from users u where u.bot_id = p_bot and u.id = p_id returning u.*;
end $$;

CREATE FUNCTION public.expire_state(p_bot uuid, p_type text, p_owner text, p_scope uuid, p_name text, p_event_id text, p_now timestamp with time zone) RETURNS void
    LANGUAGE plpgsql
    AS $$
declare
  gone states;
begin
  delete from states s
  where s.bot_id = p_bot and s.type = p_type and s.owner_id = p_owner and s.scope = p_scope and s.name = p_name and s.expires_at <= p_now
  returning s.* into gone;
  if found then
    perform owe_state_expired(gone, p_event_id, p_now);
  end if;
end $$;

CREATE FUNCTION public.expire_states(p_event_ids text[], p_now timestamp with time zone) RETURNS integer
    LANGUAGE plpgsql
    AS $$
declare
  gone states;
  expired int := 0;
begin
  for gone in
    delete from states s using (
      select d.bot_id, d.type, d.owner_id, d.scope, d.name from states d
      where d.expires_at <= p_now order by d.expires_at limit cardinality(p_event_ids) for update skip locked) due
    where s.bot_id = due.bot_id and s.type = due.type and s.owner_id = due.owner_id and s.scope = due.scope and s.name = due.name
    returning s.*
  loop
    expired := expired + 1;
    perform owe_state_expired(gone, p_event_ids[expired], p_now);
  end loop;
  return expired;
end $$;

CREATE FUNCTION public.find_conversation_by_tags(p_bot uuid, p_caller uuid, p_installation uuid, p_channel text, p_tags jsonb, p_bot_tags jsonb, p_some boolean) RETURNS text
    LANGUAGE plpgsql
    AS $$
declare
  found_id text;
  lead record;
begin
  if p_some then
    lead := leading_tag(p_installation, p_bot, p_tags, p_bot_tags);
    select c.id into found_id from tags t join conversations c on c.bot_id = t.bot_id and c.id = t.owner_id
    where t.bot_id = p_bot and t.kind = 'conversation' and t.scope = lead.scope and t.key = lead.key and t.value = lead.value
      and c.integration_tags @> p_tags and c.bot_tags @> p_bot_tags and c.installation_id = p_installation and c.channel = p_channel
    order by t.created_at, t.seq limit 1;
  elsif p_tags <> '{}' then
    select c.id into found_id from conversations c
    where c.bot_id = p_bot and c.integration_tags <> '{}' and hashtextextended(c.integration_tags::text, 0) = hashtextextended(p_tags::text, 0)
      and c.integration_tags = p_tags and (p_caller is not null or c.bot_tags = p_bot_tags) and c.installation_id = p_installation and c.channel = p_channel
    order by c.created_at, c.seq limit 1;
  else
    select c.id into found_id from conversations c
    where c.bot_id = p_bot and c.bot_tags <> '{}' and hashtextextended(c.bot_tags::text, 0) = hashtextextended(p_bot_tags::text, 0)
      and c.bot_tags = p_bot_tags and c.integration_tags = '{}' and c.installation_id = p_installation and c.channel = p_channel
    order by c.created_at, c.seq limit 1;
  end if;
  return found_id;
end $$;

CREATE FUNCTION public.find_message_by_tags(p_bot uuid, p_caller uuid, p_conversation text, p_installation uuid, p_tags jsonb, p_bot_tags jsonb, p_some boolean) RETURNS text
    LANGUAGE plpgsql
    AS $$
declare
  found_id text;
  lead record;
begin
  if p_some then
    lead := leading_tag(p_installation, p_bot, p_tags, p_bot_tags);
    select m.id into found_id from tags t join messages m on m.bot_id = t.bot_id and m.id = t.owner_id
    where t.bot_id = p_bot and t.kind = 'message' and t.scope = lead.scope and t.key = lead.key and t.value = lead.value
      and m.integration_tags @> p_tags and m.bot_tags @> p_bot_tags and m.conversation_id = p_conversation
      and (p_caller is null or m.installation_id = p_caller)
    order by t.created_at, t.seq limit 1;
  elsif p_tags <> '{}' then
    select m.id into found_id from messages m
    where m.bot_id = p_bot and m.conversation_id = p_conversation and m.integration_tags <> '{}'
      and hashtextextended(m.integration_tags::text, 0) = hashtextextended(p_tags::text, 0)
      and m.integration_tags = p_tags and (p_caller is null and m.bot_tags = p_bot_tags or m.installation_id = p_caller)
    order by m.created_at, m.seq limit 1;
  else
    select m.id into found_id from messages m
    where m.bot_id = p_bot and m.conversation_id = p_conversation and m.bot_tags <> '{}'
      and hashtextextended(m.bot_tags::text, 0) = hashtextextended(p_bot_tags::text, 0)
      and m.bot_tags = p_bot_tags and m.integration_tags = '{}'
    order by m.created_at, m.seq limit 1;
  end if;
  return found_id;
end $$;

CREATE FUNCTION public.find_user_by_tags(p_bot uuid, p_caller uuid, p_installation uuid, p_tags jsonb, p_bot_tags jsonb, p_some boolean) RETURNS text
    LANGUAGE plpgsql
    AS $$
declare
  found_id text;
  lead record;
begin
  if p_some then
    lead := leading_tag(p_installation, p_bot, p_tags, p_bot_tags);
    select u.id into found_id from tags t join users u on u.bot_id = t.bot_id and u.id = t.owner_id
    where t.bot_id = p_bot and t.kind = 'user' and t.scope = lead.scope and t.key = lead.key and t.value = lead.value
      and u.integration_tags @> p_tags and u.bot_tags @> p_bot_tags and u.installation_id is not distinct from p_installation
    order by t.created_at, t.seq limit 1;
  elsif p_tags <> '{}' then
    select u.id into found_id from users u
    where u.bot_id = p_bot and u.integration_tags <> '{}' and hashtextextended(u.integration_tags::text, 0) = hashtextextended(p_tags::text, 0)
      and u.integration_tags = p_tags and (p_caller is not null or u.bot_tags = p_bot_tags) and u.installation_id is not distinct from p_installation
    order by u.created_at, u.seq limit 1;
  else
    select u.id into found_id from users u
    where u.bot_id = p_bot and u.bot_tags <> '{}' and hashtextextended(u.bot_tags::text, 0) = hashtextextended(p_bot_tags::text, 0)
      and u.bot_tags = p_bot_tags and u.integration_tags = '{}' and u.installation_id is not distinct from p_installation
    order by u.created_at, u.seq limit 1;
  end if;
  return found_id;
end $$;

CREATE FUNCTION public.get_or_create_conversation(p_bot uuid, p_caller uuid, p_installation uuid, p_channel text, p_tags jsonb, p_bot_tags jsonb, p_match_tags jsonb, p_match_bot_tags jsonb, p_some boolean, p_properties jsonb, p_id text, p_now timestamp with time zone) RETURNS TABLE(created boolean, found public.conversations)
    LANGUAGE plpgsql
    AS $$
declare
  known text;
begin
  for attempt in 1..2 loop
    known := find_conversation_by_tags(p_bot, p_caller, p_installation, p_channel, p_match_tags, p_match_bot_tags, p_some);
    if known is not null then
      return query select false, c from conversations c where c.bot_id = p_bot and c.id = known;
      if found then return; end if;
    end if;
    if attempt = 1 then
      perform lock_get_or_create(concat_ws('/', 'conversation', p_bot, p_installation, p_channel), p_tags, p_bot_tags, p_some);
    end if;
  end loop;
  return query
    with made as (
      insert into conversations (bot_id, id, installation_id, channel, integration_tags, bot_tags, properties, message_count, created_at, updated_at)
      values (p_bot, p_id, p_installation, p_channel, p_tags, p_bot_tags, p_properties, 0, p_now, p_now)
      returning conversations.*)
    select true, made::conversations from made;
end $$;

CREATE FUNCTION public.get_or_create_message(p_bot uuid, p_caller uuid, p_conversation text, p_user text, p_id text, p_type text, p_payload json, p_tags_scope uuid, p_tags jsonb, p_declared jsonb, p_bot_tags jsonb, p_match_tags jsonb, p_match_bot_tags jsonb, p_some boolean, p_origin text, p_event_id text, p_scheduled_at timestamp with time zone, p_now timestamp with time zone) RETURNS TABLE(created boolean, refusal text, message public.messages)
    LANGUAGE plpgsql
    AS $$
declare
  known text;
begin
  for attempt in 1..2 loop
    known := find_message_by_tags(p_bot, p_caller, p_conversation, p_tags_scope, p_match_tags, p_match_bot_tags, p_some);
    if known is not null then
      return query select false, null::text, m from messages m where m.bot_id = p_bot and m.id = known;
      if found then return; end if;
    end if;
    if attempt = 1 then
      perform lock_get_or_create(concat_ws('/', 'message', p_bot, p_conversation), p_tags, p_bot_tags, p_some);
    end if;
  end loop;
  return query
    select true, c.refusal, c.message
    from create_message(p_bot, p_caller, p_conversation, p_user, p_id, p_type, p_payload, p_tags_scope, p_tags, p_declared, p_bot_tags,
      p_origin, p_event_id, p_scheduled_at, p_now) c;
end $$;

CREATE FUNCTION public.get_or_create_user(p_bot uuid, p_caller uuid, p_installation uuid, p_tags jsonb, p_bot_tags jsonb, p_match_tags jsonb, p_match_bot_tags jsonb, p_some boolean, p_name text, p_picture_url text, p_attributes jsonb, p_properties jsonb, p_id text, p_now timestamp with time zone) RETURNS TABLE(created boolean, found public.users)
    LANGUAGE plpgsql
    AS $$
declare
  known text;
begin
  for attempt in 1..2 loop
    known := find_user_by_tags(p_bot, p_caller, p_installation, p_match_tags, p_match_bot_tags, p_some);
    if known is not null then
      return query select false, u from users u where u.bot_id = p_bot and u.id = known;
      if found then return; end if;
    end if;
    if attempt = 1 then
      perform lock_get_or_create(concat_ws('/', 'user', p_bot, p_installation), p_tags, p_bot_tags, p_some);
    end if;
  end loop;
  return query
    with made as (
      insert into users (bot_id, id, installation_id, name, picture_url, integration_tags, bot_tags, attributes, properties, created_at, updated_at)
      values (p_bot, p_id, p_installation, p_name, p_picture_url, p_tags, p_bot_tags, p_attributes, p_properties, p_now, p_now)
      returning users.*)
    select true, made::users from made;
end $$;

CREATE TABLE public.states (
    bot_id uuid NOT NULL,
    type text NOT NULL,
    owner_id text NOT NULL COLLATE pg_catalog."C",
    scope uuid NOT NULL,
    name text NOT NULL COLLATE pg_catalog."C",
    id text NOT NULL COLLATE pg_catalog."C",
    payload jsonb NOT NULL,
    expiry_ms bigint,
    expires_at timestamp(3) with time zone,
    created_at timestamp(3) with time zone NOT NULL,
    updated_at timestamp(3) with time zone NOT NULL
);

CREATE FUNCTION public.get_or_set_state(p_bot uuid, p_caller uuid, p_type text, p_owner text, p_scope uuid, p_name text, p_id text, p_payload jsonb, p_expiry bigint, p_event_id text, p_now timestamp with time zone) RETURNS SETOF public.states
    LANGUAGE plpgsql
    AS $$
begin
  if not hold_state_owner(p_bot, p_caller, p_type, p_owner) then return; end if;
  perform expire_state(p_bot, p_type, p_owner, p_scope, p_name, p_event_id, p_now);
  return query
    insert into states as s (bot_id, type, owner_id, scope, name, id, payload, expiry_ms, expires_at, created_at, updated_at)
    values (p_bot, p_type, p_owner, p_scope, p_name, p_id, p_payload, p_expiry, p_now + p_expiry * interval '1 ms', p_now, p_now)
    on conflict (bot_id, type, owner_id, scope, name) do update set expires_at = p_now + s.expiry_ms * interval '1 ms'
    returning s.*;
end $$;

CREATE FUNCTION public.hold_state_owner(p_bot uuid, p_caller uuid, p_type text, p_owner text) RETURNS boolean
    LANGUAGE plpgsql
    AS $$
begin
  if p_type = 'conversation' then
    perform from conversations c where c.bot_id = p_bot and c.id = p_owner and (p_caller is null or c.installation_id = p_caller) for key share;
  elsif p_type = 'user' then
    perform from users u where u.bot_id = p_bot and u.id = p_owner and (p_caller is null or u.installation_id = p_caller) for key share;
  else
    return true;
  end if;
  return found;
end $$;

CREATE FUNCTION public.import_messages(p_bot uuid, p_caller uuid, p_messages json, p_now timestamp with time zone) RETURNS TABLE(place integer, refusal text, message public.messages)
    LANGUAGE plpgsql
    AS $$
declare
  homes text[];
  home text;
  item record;
  known text;
  stopped text;
  ids text[] := '{}';
  made text[] := '{}';
begin
  perform from bots b where b.id = p_bot for key share;
  select array_agg(distinct m ->> 'conversationId' order by m ->> 'conversationId') into homes from json_array_elements(p_messages) m;
  foreach home in array coalesce(homes, '{}') loop
    perform lock_get_or_create(concat_ws('/', 'message', p_bot, home), '{}', '{}', true);
  end loop;
  perform from conversations c
  where c.bot_id = p_bot and c.id = any (homes) and (p_caller is null or c.installation_id = p_caller)
  order by c.id for no key update;

  for item in
    select * from json_to_recordset(p_messages) as m (
      id text, "conversationId" text, "userId" text, type text, payload json, "tagsOf" uuid, declared text,
      "integrationTags" jsonb, "botTags" jsonb, match jsonb, "createdAt" timestamptz)
  loop
    known := find_message_by_tags(p_bot, p_caller, item."conversationId", item."tagsOf",
      item.match -> 'integrationTags', item.match -> 'botTags', (item.match ->> 'some')::boolean);
    if known is null then
      select case
          when c.id is null then 'conversation'
          when u.id is null then 'user'
          when u.installation_id <> c.installation_id then 'relation'
          when item."integrationTags" <> '{}' and (c.installation_id is distinct from item."tagsOf"
            or exists (select from jsonb_object_keys(item."integrationTags") k where not coalesce(item.declared::jsonb -> c.channel ? k, false))) then 'tags'
        end into stopped
      from (values (1)) one
      left join conversations c on c.bot_id = p_bot and c.id = item."conversationId" and (p_caller is null or c.installation_id = p_caller)
      left join users u on u.bot_id = p_bot and u.id = item."userId" and (p_caller is null or u.installation_id = p_caller or u.id = p_bot::text);
      exit when stopped is not null;
      insert into messages (bot_id, id, conversation_id, installation_id, user_id, type, payload, direction,
        integration_tags, bot_tags, created_at, updated_at)
      select p_bot, item.id, c.id, c.installation_id, item."userId", item.type, item.payload,
        case item."userId" when p_bot::text then 'outgoing' else 'incoming' end, item."integrationTags", item."botTags", item."createdAt", item."createdAt"
      from conversations c where c.bot_id = p_bot and c.id = item."conversationId";
      known := item.id;
      made := made || known;
    end if;
    ids := ids || known;
  end loop;
  if stopped is not null then
    raise exception using errcode = 'UN001';
  end if;

  update conversations c set message_count = c.message_count + n.written
  from (select m.conversation_id, count(*) as written from messages m where m.bot_id = p_bot and m.id = any (made) group by 1) n
  where c.bot_id = p_bot and c.id = n.conversation_id;
  insert into participants (bot_id, conversation_id, user_id, created_at)
  select distinct p_bot, m.conversation_id, m.user_id, p_now from messages m where m.bot_id = p_bot and m.id = any (made)
  on conflict do nothing;
  return query
    select wanted.place::int, null::text, m
    from unnest(ids) with ordinality wanted (id, place) join messages m on m.bot_id = p_bot and m.id = wanted.id
    order by wanted.place;
exception when sqlstate 'UN001' then
  return query select cardinality(ids) + 1, stopped, null::messages;
end $$;

CREATE FUNCTION public.initialize_incoming_message(p_bot uuid, p_caller uuid, p_user jsonb, p_conversation jsonb, p_message json, p_now timestamp with time zone) RETURNS TABLE(refusal text, person public.users, home public.conversations, said public.messages)
    LANGUAGE plpgsql
    AS $$
declare
  step record;
begin
  if p_user ? 'known' then
    select u.* into person from users u
    where u.bot_id = p_bot and u.id = p_user ->> 'known' and (p_caller is null or u.installation_id = p_caller or u.id = p_bot::text);
    refusal := case when not found then 'user' end;
  end if;
  if refusal is null and p_conversation ? 'known' then
    select c.* into home from conversations c
    where c.bot_id = p_bot and c.id = p_conversation ->> 'known' and (p_caller is null or c.installation_id = p_caller);
    refusal := case when not found then 'conversation' end;
  end if;
  if refusal is not null then
    return next;
    return;
  end if;

  -- A block of its own: what it made is undone when the message is refused.
  begin
    if not p_user ? 'known' then
      select (g.found).* into person
      from get_or_create_user(p_bot, p_caller, (p_user ->> 'installationId')::uuid, p_user -> 'integrationTags', p_user -> 'botTags',
        p_user -> 'match' -> 'integrationTags', p_user -> 'match' -> 'botTags', (p_user -> 'match' ->> 'some')::boolean,
        p_user ->> 'name', p_user ->> 'pictureUrl', p_user -> 'attributes', p_user -> 'properties', p_user ->> 'id', p_now) g;
    end if;
    if not p_conversation ? 'known' then
      select (g.found).* into home
      from get_or_create_conversation(p_bot, p_caller, (p_conversation ->> 'installationId')::uuid, p_conversation ->> 'channel',
        p_conversation -> 'integrationTags', p_conversation -> 'botTags', p_conversation -> 'match' -> 'integrationTags',
        p_conversation -> 'match' -> 'botTags', (p_conversation -> 'match' ->> 'some')::boolean, p_conversation -> 'properties',
        p_conversation ->> 'id', p_now) g;
    end if;
    if p_message is not null then
      -- A bot that calls this speaks for the conversation's integration: the message comes in all the same.
      select g.refusal, g.message into step
      from get_or_create_message(p_bot, coalesce(p_caller, home.installation_id), home.id, person.id, p_message ->> 'id',
        p_message ->> 'type', p_message -> 'payload', (p_message ->> 'tagsOf')::uuid, (p_message -> 'integrationTags')::jsonb,
        (p_message ->> 'declared')::jsonb, (p_message -> 'botTags')::jsonb, (p_message -> 'match' -> 'integrationTags')::jsonb,
        (p_message -> 'match' -> 'botTags')::jsonb, (p_message -> 'match' ->> 'some')::boolean, p_message ->> 'origin',
        p_message ->> 'eventId', null, p_now) g;
      said := step.message;
      -- Both are there and the caller's: whom the integration does not know is of another one.
      refusal := case step.refusal when 'user' then 'relation' else step.refusal end;
      if refusal is not null then
        raise exception using errcode = 'UN001';
      end if;
      -- With this message counted.
      select c.* into home from conversations c where c.bot_id = p_bot and c.id = home.id;
    end if;
  exception when sqlstate 'UN001' then
    person := null;
    home := null;
  end;
  return next;
end $$;

CREATE FUNCTION public.leading_tag(p_installation uuid, p_bot uuid, p_tags jsonb, p_bot_tags jsonb, OUT scope uuid, OUT key text, OUT value text) RETURNS record
    LANGUAGE sql STABLE
    AS $$
  select t.scope, t.key, t.value
  from (
    select p_installation as scope, e.key, e.value from jsonb_each_text(p_tags) e
    union all
    select p_bot, e.key, e.value from jsonb_each_text(p_bot_tags) e) t
  order by t.key = 'id' desc, length(t.value) desc limit 1
$$;

CREATE FUNCTION public.lock_get_or_create(p_scope text, p_tags jsonb, p_bot_tags jsonb, p_some boolean) RETURNS void
    LANGUAGE plpgsql
    AS $$
declare
  scope bigint := hashtextextended(p_scope, 0);
begin
  if p_some then
    perform pg_advisory_xact_lock(scope);
  else
    perform pg_advisory_xact_lock_shared(scope), pg_advisory_xact_lock(scope # hashtextextended(p_tags::text || p_bot_tags::text, 0));
  end if;
end $$;

CREATE FUNCTION public.owe_state_expired(s public.states, p_event_id text, p_now timestamp with time zone) RETURNS void
    LANGUAGE sql
    AS $$
  insert into events (bot_id, id, type, payload, conversation_id, user_id, status, created_at, updated_at)
  select s.bot_id, p_event_id, 'state_expired',
    json_build_object('state', jsonb_strip_nulls(jsonb_build_object(
      'id', s.id, 'botId', s.bot_id, 'name', s.name, 'type', s.type, 'conversationId', owner.conversation_id, 'userId', owner.user_id,
      'createdAt', to_char(s.created_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'),
      'updatedAt', to_char(s.updated_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')))
      || jsonb_build_object('payload', s.payload)),
    owner.conversation_id, owner.user_id, 'pending', p_now, p_now
  from (select case when s.type = 'conversation' then s.owner_id end as conversation_id, case when s.type = 'user' then s.owner_id end as user_id) owner;
  insert into deliveries (bot_id, id, target, conversation_id, status, due_at, created_at, updated_at)
  values (s.bot_id, p_event_id, 'bot', case when s.type = 'conversation' then s.owner_id end, 'queued', p_now, p_now, p_now);
$$;

CREATE FUNCTION public.set_state(p_bot uuid, p_caller uuid, p_type text, p_owner text, p_scope uuid, p_name text, p_id text, p_payload jsonb, p_expiry bigint, p_expiry_given boolean, p_event_id text, p_now timestamp with time zone) RETURNS SETOF public.states
    LANGUAGE plpgsql
    AS $$
begin
  if not hold_state_owner(p_bot, p_caller, p_type, p_owner) then return; end if;
  perform expire_state(p_bot, p_type, p_owner, p_scope, p_name, p_event_id, p_now);
  return query
    insert into states as s (bot_id, type, owner_id, scope, name, id, payload, expiry_ms, expires_at, created_at, updated_at)
    values (p_bot, p_type, p_owner, p_scope, p_name, p_id, p_payload, p_expiry, p_now + p_expiry * interval '1 ms', p_now, p_now)
    on conflict (bot_id, type, owner_id, scope, name) do update set
      payload = excluded.payload,
      expiry_ms = case when p_expiry_given then p_expiry else s.expiry_ms end,
      expires_at = p_now + case when p_expiry_given then p_expiry else s.expiry_ms end * interval '1 ms',
      updated_at = p_now
    returning s.*;
end $$;

CREATE FUNCTION public.tags_follow() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
declare
  object_kind tag_kind := tg_argv[0]::tag_kind;
begin
  if tg_op in ('UPDATE', 'DELETE') then
    delete from tags t
    where t.bot_id = old.bot_id and t.kind = object_kind and t.owner_id = old.id
      and (tg_op = 'DELETE'
        or case when t.scope = t.bot_id then new.bot_tags else new.integration_tags end ->> t.key is distinct from t.value);
  end if;
  if tg_op in ('INSERT', 'UPDATE') then
    insert into tags (bot_id, kind, owner_id, scope, key, value, created_at, seq)
    select new.bot_id, object_kind, new.id, n.scope, n.key, n.value, new.created_at, new.seq
    from (
      select new.installation_id as scope, key, value from jsonb_each_text(new.integration_tags)
      union all
      select new.bot_id, key, value from jsonb_each_text(new.bot_tags)) n
    on conflict do nothing;
  end if;
  return null;
end $$;

CREATE TABLE public._prisma_migrations (
    id character varying(36) NOT NULL,
    checksum character varying(64) NOT NULL,
    finished_at timestamp with time zone,
    migration_name character varying(255) NOT NULL,
    logs text,
    rolled_back_at timestamp with time zone,
    started_at timestamp with time zone DEFAULT now() NOT NULL,
    applied_steps_count integer DEFAULT 0 NOT NULL
);

CREATE TABLE public.account_preferences (
    account_id uuid NOT NULL,
    key text NOT NULL COLLATE pg_catalog."C",
    value json NOT NULL
);

CREATE TABLE public.accounts (
    id uuid NOT NULL,
    email text NOT NULL,
    display_name text,
    email_verified boolean NOT NULL,
    profile_picture text,
    created_at timestamp(3) with time zone NOT NULL
);

CREATE TABLE public.analytics_counts (
    bot_id uuid NOT NULL,
    day date NOT NULL,
    name text NOT NULL COLLATE pg_catalog."C",
    count bigint NOT NULL
)
WITH (fillfactor='50');

CREATE TABLE public.api_clients (
    id text NOT NULL COLLATE pg_catalog."C",
    secret_hash bytea NOT NULL,
    note text NOT NULL,
    account_id uuid,
    bot_id uuid,
    installation_id uuid,
    created_at timestamp(3) with time zone NOT NULL,
    CONSTRAINT api_clients_stand_for_one CHECK ((num_nonnulls(account_id, bot_id, installation_id) = 1))
);

CREATE TABLE public.audit_records (
    id text NOT NULL COLLATE pg_catalog."C",
    workspace_id uuid NOT NULL,
    recorded_at timestamp(3) with time zone NOT NULL,
    user_id uuid,
    user_email text,
    action text NOT NULL,
    resource_id text,
    resource_name text,
    value text,
    seq bigint NOT NULL
);

CREATE SEQUENCE public.audit_records_seq_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;

ALTER SEQUENCE public.audit_records_seq_seq OWNED BY public.audit_records.seq;

CREATE TABLE public.bot_allowlist_entries (
    bot_id uuid NOT NULL,
    member_id uuid NOT NULL
);

CREATE TABLE public.bots (
    id uuid NOT NULL,
    workspace_id uuid NOT NULL,
    created_by uuid,
    name text NOT NULL,
    description text DEFAULT ''::text NOT NULL,
    type text NOT NULL,
    dev boolean NOT NULL,
    blocked boolean DEFAULT false NOT NULL,
    always_alive boolean DEFAULT false NOT NULL,
    url text,
    code text,
    authentication text,
    max_execution_time_s integer,
    definition json NOT NULL,
    tags jsonb NOT NULL,
    sealed_signing_secret bytea NOT NULL,
    sealed_configuration bytea NOT NULL,
    sealed_secrets bytea NOT NULL,
    secret_names text[],
    deployed_at timestamp(3) with time zone,
    created_at timestamp(3) with time zone NOT NULL,
    updated_at timestamp(3) with time zone NOT NULL,
    seq bigint NOT NULL,
    allowlist text DEFAULT 'ALL_WORKSPACE_USERS'::text NOT NULL
);

ALTER TABLE public.bots ALTER COLUMN seq ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.bots_seq_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.clock_followers (
    id uuid NOT NULL,
    version integer NOT NULL,
    seen_at timestamp(3) with time zone NOT NULL
);

ALTER TABLE public.conversations ALTER COLUMN seq ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.conversations_seq_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.deliveries (
    bot_id uuid NOT NULL,
    id text NOT NULL COLLATE pg_catalog."C",
    seq bigint NOT NULL,
    target text NOT NULL,
    installation_id uuid,
    conversation_id text COLLATE pg_catalog."C",
    status text NOT NULL,
    due_at timestamp(3) with time zone NOT NULL,
    attempts integer DEFAULT 0 NOT NULL,
    failures integer DEFAULT 0 NOT NULL,
    failure_reason text,
    runner uuid,
    lease_until timestamp(3) with time zone,
    under_way boolean DEFAULT false NOT NULL,
    created_at timestamp(3) with time zone NOT NULL,
    updated_at timestamp(3) with time zone NOT NULL
)
WITH (fillfactor='70', autovacuum_vacuum_scale_factor='0.02');

CREATE SEQUENCE public.deliveries_seq_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;

ALTER SEQUENCE public.deliveries_seq_seq OWNED BY public.deliveries.seq;

CREATE TABLE public.delivery_attempts (
    bot_id uuid NOT NULL,
    delivery_id text NOT NULL COLLATE pg_catalog."C",
    number integer NOT NULL,
    outcome text NOT NULL,
    reason text,
    http_status integer,
    duration_ms integer NOT NULL,
    request json NOT NULL,
    response json,
    started_at timestamp(3) with time zone NOT NULL
);

CREATE TABLE public.events (
    bot_id uuid NOT NULL,
    id text NOT NULL COLLATE pg_catalog."C",
    seq bigint NOT NULL,
    installation_id uuid,
    type text NOT NULL,
    payload json,
    conversation_id text COLLATE pg_catalog."C",
    user_id text COLLATE pg_catalog."C",
    message_id text COLLATE pg_catalog."C",
    workflow_id text COLLATE pg_catalog."C",
    status text NOT NULL,
    failure_reason text,
    scheduled_at timestamp(3) with time zone,
    created_at timestamp(3) with time zone NOT NULL,
    updated_at timestamp(3) with time zone NOT NULL
);

ALTER TABLE public.events ALTER COLUMN seq ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.events_seq_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.idempotency_keys (
    tenant_id uuid NOT NULL,
    caller text NOT NULL COLLATE pg_catalog."C",
    key text NOT NULL COLLATE pg_catalog."C",
    fingerprint bytea NOT NULL,
    sealed_answer bytea NOT NULL,
    expires_at timestamp(3) with time zone NOT NULL
);

CREATE TABLE public.installation_versions (
    installation_id uuid NOT NULL,
    integration_id uuid NOT NULL
);

CREATE TABLE public.installations (
    id uuid NOT NULL,
    bot_id uuid NOT NULL,
    alias text NOT NULL,
    family_id uuid NOT NULL,
    integration_id uuid,
    enabled boolean NOT NULL,
    webhook_id uuid NOT NULL,
    identifier text,
    configuration_type text,
    sealed_configuration bytea NOT NULL,
    disabled_channels text[],
    status text NOT NULL,
    status_reason text,
    removed_at timestamp(3) with time zone,
    created_at timestamp(3) with time zone NOT NULL,
    updated_at timestamp(3) with time zone NOT NULL
);

CREATE TABLE public.integration_families (
    id uuid NOT NULL,
    workspace_id uuid NOT NULL,
    name text NOT NULL,
    icon bytea,
    created_at timestamp(3) with time zone NOT NULL,
    native boolean DEFAULT false NOT NULL
);

CREATE TABLE public.integrations (
    id uuid NOT NULL,
    family_id uuid NOT NULL,
    version text NOT NULL,
    title text NOT NULL,
    description text NOT NULL,
    dev boolean NOT NULL,
    visibility text NOT NULL,
    lifecycle_status text NOT NULL,
    verification_status text NOT NULL,
    url text,
    code text,
    sdk_version text,
    max_execution_time_s integer,
    definition json NOT NULL,
    attributes jsonb NOT NULL,
    readme bytea,
    sealed_signing_secret bytea NOT NULL,
    sealed_secrets bytea NOT NULL,
    secret_names text[],
    created_at timestamp(3) with time zone NOT NULL,
    updated_at timestamp(3) with time zone NOT NULL,
    seq bigint NOT NULL
);

ALTER TABLE public.integrations ALTER COLUMN seq ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.integrations_seq_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

ALTER TABLE public.messages ALTER COLUMN seq ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.messages_seq_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.participants (
    bot_id uuid NOT NULL,
    conversation_id text NOT NULL COLLATE pg_catalog."C",
    user_id text NOT NULL COLLATE pg_catalog."C",
    seq bigint NOT NULL,
    created_at timestamp(3) with time zone NOT NULL
);

ALTER TABLE public.participants ALTER COLUMN seq ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.participants_seq_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.server_facts (
    name text NOT NULL,
    value text NOT NULL
);

CREATE TABLE public.signing_keys (
    kid text NOT NULL,
    public_key json NOT NULL,
    sealed_private_key bytea NOT NULL,
    created_at timestamp(3) with time zone NOT NULL,
    retired_at timestamp(3) with time zone
);

CREATE TABLE public.storage_files (
    bot_id uuid NOT NULL,
    id text NOT NULL COLLATE pg_catalog."C",
    seq bigint NOT NULL,
    family_id uuid,
    name text NOT NULL,
    access_type text NOT NULL,
    content_type text NOT NULL,
    size_bytes bigint NOT NULL,
    created_at timestamp(3) with time zone NOT NULL
);

CREATE SEQUENCE public.storage_files_seq_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;

ALTER SEQUENCE public.storage_files_seq_seq OWNED BY public.storage_files.seq;

CREATE TABLE public.tags (
    bot_id uuid NOT NULL,
    kind public.tag_kind NOT NULL,
    owner_id text NOT NULL COLLATE pg_catalog."C",
    scope uuid NOT NULL,
    key text NOT NULL COLLATE pg_catalog."C",
    value text NOT NULL COLLATE pg_catalog."C",
    created_at timestamp(3) with time zone NOT NULL,
    seq bigint NOT NULL
);

CREATE TABLE public.tokens (
    id text NOT NULL,
    hash bytea NOT NULL,
    note text NOT NULL,
    account_id uuid,
    bot_id uuid,
    integration_family_id uuid,
    created_at timestamp(3) with time zone NOT NULL
);

ALTER TABLE public.users ALTER COLUMN seq ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.users_seq_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.workspace_members (
    id uuid NOT NULL,
    workspace_id uuid NOT NULL,
    account_id uuid NOT NULL,
    role text NOT NULL,
    created_at timestamp(3) with time zone NOT NULL
);

CREATE TABLE public.workspace_preferences (
    workspace_id uuid NOT NULL,
    key text NOT NULL COLLATE pg_catalog."C",
    value json NOT NULL
);

CREATE TABLE public.workspaces (
    id uuid NOT NULL,
    name text NOT NULL,
    owner_id uuid NOT NULL,
    handle text,
    about text DEFAULT ''::text NOT NULL,
    profile_picture text,
    contact_email text,
    website text,
    social_accounts text[],
    is_public boolean DEFAULT false NOT NULL,
    account_type text NOT NULL,
    plan text NOT NULL,
    blocked boolean DEFAULT false NOT NULL,
    blocked_on_reactivation boolean DEFAULT false NOT NULL,
    spending_limit double precision NOT NULL,
    created_at timestamp(3) with time zone NOT NULL,
    updated_at timestamp(3) with time zone NOT NULL
);

ALTER TABLE ONLY public.audit_records ALTER COLUMN seq SET DEFAULT nextval('public.audit_records_seq_seq'::regclass);

ALTER TABLE ONLY public.deliveries ALTER COLUMN seq SET DEFAULT nextval('public.deliveries_seq_seq'::regclass);

ALTER TABLE ONLY public.storage_files ALTER COLUMN seq SET DEFAULT nextval('public.storage_files_seq_seq'::regclass);

INSERT INTO public._prisma_migrations VALUES ('143a4ab9-54cc-4c42-a8a8-bdbd2fc33082', '62d924ac1c9d531c06c93b49ea7529e9ce13f116c159838829110e257e40c722', '2026-11-25 05:29:44.510654+00', '20261124120000_foundation', NULL, NULL, '2026-11-25 05:29:44.510654+00', 1);
INSERT INTO public._prisma_migrations VALUES ('a15d5953-fe97-4cb3-b04f-3afc2a3dbaa4', 'bc86893d285f118754b0461b3cb693a2ce11e51ba78d427d2d73b51995826f8e', '2026-11-25 05:29:44.535046+00', '20261124150000_add_api_clients', NULL, NULL, '2026-11-25 05:29:44.535046+00', 1);
INSERT INTO public._prisma_migrations VALUES ('e58fe277-3401-4120-b6ea-b7e3d0009e31', '739d0dc5725690023a23ea91d812b63a50a73e7d037d4bff358a2a219009c716', '2026-11-25 05:29:44.538782+00', '20261124151000_incoming_and_imported_messages', NULL, NULL, '2026-11-25 05:29:44.538782+00', 1);
INSERT INTO public._prisma_migrations VALUES ('f7935da1-5211-4e12-8151-7cf5a41a5805', '3553ef4a12a68ba225d7b4fd71d9713c62b25cb841d7c9a659014e88fe3cd865', '2026-11-25 05:29:44.540361+00', '20261124151100_analytics_and_idempotency_keys', NULL, NULL, '2026-11-25 05:29:44.540361+00', 1);
INSERT INTO public._prisma_migrations VALUES ('65033de5-dc1f-410b-a671-d4747bf158e2', '60fa6e154f2c7a342c5c7c3954f41862afaf1b3e621465cd8bffe0d8678062a9', '2026-11-25 05:29:44.542647+00', '20261124155000_emulator', NULL, NULL, '2026-11-25 05:29:44.542647+00', 1);
INSERT INTO public._prisma_migrations VALUES ('4599c2d9-ff52-4441-afaf-f82257982555', 'fdba13d0c80a5e3b190430d017a15cc3767e7c0989d04042feb85b2cd89d80a0', '2026-11-25 05:29:44.54455+00', '20261124160000_add_deliveries', NULL, NULL, '2026-11-25 05:29:44.54455+00', 1);
INSERT INTO public._prisma_migrations VALUES ('b92a6334-b468-4afb-b32e-41ed3cd82de9', 'edd17de2d6c003b35bd307252a76251f08924424b6862301247e38ae9ae65c85', '2026-11-25 05:29:44.550688+00', '20261124161000_add_clock_followers', NULL, NULL, '2026-11-25 05:29:44.550688+00', 1);
INSERT INTO public._prisma_migrations VALUES ('d43c764b-4f50-4d86-93fd-43b6a7a41325', '9b2f57bb41c742c153b3c89a9e7eb1ca71f560f201cd71b362f785fb8c12f43d', '2026-11-25 05:29:44.551908+00', '20261124170000_add_storage_files', NULL, NULL, '2026-11-25 05:29:44.551908+00', 1);
INSERT INTO public._prisma_migrations VALUES ('4b73e459-96ec-4cbf-9711-e24cf8aa0097', 'dd607e7a5976094005b17840298dc795f1c3ff3b5a5e2898d9764836e341735b', '2026-11-25 05:29:44.553711+00', '20261124171000_add_audit_records_and_preferences', NULL, NULL, '2026-11-25 05:29:44.553711+00', 1);
INSERT INTO public._prisma_migrations VALUES ('9d492f5c-2c49-492a-846e-8894bac1e234', 'd3aeaab4faf7e3c5ad6075e660aa0af52f204b7a84f52217e69cc870d105d272', '2026-11-25 05:29:44.558378+00', '20261125090000_claim_deliveries_by_bot', NULL, NULL, '2026-11-25 05:29:44.558378+00', 1);

INSERT INTO public.accounts VALUES ('39aa5599-4306-43fd-b5d4-7ed4c6343353', 'owner@understudy.local', 'Owner', true, NULL, '2026-11-25 05:29:44.736+00');

INSERT INTO public.audit_records VALUES ('audit_01M88JWV80G4A6QP52TGPCQ6C8', '0b2f3c52-6a0e-4b0f-9d8e-0c1a5a8f1d11', '2026-11-25 05:29:44.96+00', '39aa5599-4306-43fd-b5d4-7ed4c6343353', 'owner@understudy.local', 'CREATE_BOT', '5a7edd07-d5cd-4fd2-8241-f37b668ea8d6', 'demo', NULL, 1);
INSERT INTO public.audit_records VALUES ('audit_01M88JWVA6MX58V67DGV0B033S', '0b2f3c52-6a0e-4b0f-9d8e-0c1a5a8f1d11', '2026-11-25 05:29:45.03+00', '39aa5599-4306-43fd-b5d4-7ed4c6343353', 'owner@understudy.local', 'UPDATE_BOT', '5a7edd07-d5cd-4fd2-8241-f37b668ea8d6', 'demo', 'integrations', 2);
INSERT INTO public.audit_records VALUES ('audit_01M88JWX3G5PD5XYP0KDMTNVMY', '0b2f3c52-6a0e-4b0f-9d8e-0c1a5a8f1d11', '2026-11-25 05:29:46.865+00', '39aa5599-4306-43fd-b5d4-7ed4c6343353', 'owner@understudy.local', 'CREATE_BOT', 'b19f2814-ce01-4838-82eb-d11aef026457', 'kept', NULL, 3);
INSERT INTO public.audit_records VALUES ('audit_01M88JWX63Z52CSGFC7F2GEJPX', '0b2f3c52-6a0e-4b0f-9d8e-0c1a5a8f1d11', '2026-11-25 05:29:46.947+00', '39aa5599-4306-43fd-b5d4-7ed4c6343353', 'owner@understudy.local', 'UPDATE_BOT', 'b19f2814-ce01-4838-82eb-d11aef026457', 'kept', 'events, integrations, states', 4);

INSERT INTO public.bots OVERRIDING SYSTEM VALUE VALUES ('5a7edd07-d5cd-4fd2-8241-f37b668ea8d6', '0b2f3c52-6a0e-4b0f-9d8e-0c1a5a8f1d11', '39aa5599-4306-43fd-b5d4-7ed4c6343353', 'demo', '', 'adk', false, false, false, NULL, NULL, NULL, NULL, '{"user":{"tags":{}},"conversation":{"tags":{}},"message":{"tags":{}},"states":{},"events":{},"actions":{},"recurringEvents":{},"subscriptions":{"events":null},"medias":[],"configuration":{"schema":{"type":"object","properties":{},"additionalProperties":false}}}', '{}', '\xf019abc0f122fd39c69c2992cfa2e6defb0b24f56b29e055ae91bc790cc1ad20f97baa624351b8783923ea4e671237962dd9136af330e22e8306672062be4a0df56e67902314e5e230964014e3f03bde6abe8775121387f39695303124f9aa24', '\xf019abc046c811b3fbad8750b7c1611deb52ccb9b4996e1688da9fbc7640e5ff6d23', '\xf019abc06e17724c3b9db7e5874c98afb1469b05d457ea4f788471f6bd2b9da64697', '{}', NULL, '2026-11-25 05:29:44.941+00', '2026-11-25 05:29:45.013+00', 1, 'ALL_WORKSPACE_USERS');
INSERT INTO public.bots OVERRIDING SYSTEM VALUE VALUES ('b19f2814-ce01-4838-82eb-d11aef026457', '0b2f3c52-6a0e-4b0f-9d8e-0c1a5a8f1d11', '39aa5599-4306-43fd-b5d4-7ed4c6343353', 'kept', '', 'adk', true, false, false, 'http://127.0.0.1:35434', NULL, NULL, NULL, '{"user":{"tags":{}},"conversation":{"tags":{}},"message":{"tags":{}},"states":{"memo":{"type":"conversation","schema":{"type":"object","additionalProperties":true}}},"events":{"wakeUp":{"schema":{"type":"object","additionalProperties":true}}},"actions":{},"recurringEvents":{},"subscriptions":{"events":null},"medias":[],"configuration":{"schema":{"type":"object","properties":{},"additionalProperties":false}}}', '{}', '\xf019abc0ce676cd5114e5563890ef11299e13a335604ac0d712b2011eca8298dd749f79d58e735c1cce5154c961af821d63e475a6ae84c6b270e190d7ac9e2cb5195281e280388ee17c5fdfbcfd4435884ede4a62cfb48705718192c03df9664', '\xf019abc00715b2c352a872cf167d1035c10f7a1ddeaadede7a4ab63a14d13df50ee0', '\xf019abc0722f057a429ef893fd034e49a04f4c0a6bb9b82df4f9c9143fc6b40d1d27', '{}', NULL, '2026-11-25 05:29:46.823+00', '2026-11-25 05:29:46.933+00', 2, 'ALL_WORKSPACE_USERS');

INSERT INTO public.conversations OVERRIDING SYSTEM VALUE VALUES ('b19f2814-ce01-4838-82eb-d11aef026457', 'conv_01M88JWX6Q2V37ZVHVW0AJZ9XV', 2, 'fcf0a1bf-584a-42f0-bebd-4a748cdca1bc', 'room', '{"id": "again0"}', '{}', '{}', NULL, NULL, 0, '2026-11-25 05:29:46.967+00', '2026-11-25 05:29:46.967+00');
INSERT INTO public.conversations OVERRIDING SYSTEM VALUE VALUES ('b19f2814-ce01-4838-82eb-d11aef026457', 'conv_01M88JWX6KP2801HFF5G7SD0DR', 1, 'fcf0a1bf-584a-42f0-bebd-4a748cdca1bc', 'room', '{"id": "room0"}', '{}', '{}', NULL, NULL, 2, '2026-11-25 05:29:46.963+00', '2026-11-25 05:29:46.963+00');
INSERT INTO public.conversations OVERRIDING SYSTEM VALUE VALUES ('b19f2814-ce01-4838-82eb-d11aef026457', 'conv_01M88JWX9BVTMAJF0GWJWDVBHC', 4, 'fcf0a1bf-584a-42f0-bebd-4a748cdca1bc', 'room', '{"id": "again1"}', '{}', '{}', NULL, NULL, 0, '2026-11-25 05:29:47.051+00', '2026-11-25 05:29:47.051+00');
INSERT INTO public.conversations OVERRIDING SYSTEM VALUE VALUES ('b19f2814-ce01-4838-82eb-d11aef026457', 'conv_01M88JWX94M99XXGM9JVGTPC57', 3, 'fcf0a1bf-584a-42f0-bebd-4a748cdca1bc', 'room', '{"id": "room1"}', '{}', '{}', NULL, NULL, 2, '2026-11-25 05:29:47.044+00', '2026-11-25 05:29:47.044+00');
INSERT INTO public.conversations OVERRIDING SYSTEM VALUE VALUES ('b19f2814-ce01-4838-82eb-d11aef026457', 'conv_01M88JWXB8KRVEPPM6313TMZ5J', 6, 'fcf0a1bf-584a-42f0-bebd-4a748cdca1bc', 'room', '{"id": "again2"}', '{}', '{}', NULL, NULL, 0, '2026-11-25 05:29:47.112+00', '2026-11-25 05:29:47.112+00');
INSERT INTO public.conversations OVERRIDING SYSTEM VALUE VALUES ('b19f2814-ce01-4838-82eb-d11aef026457', 'conv_01M88JWXB1YSC4NP32KJ10PRBK', 5, 'fcf0a1bf-584a-42f0-bebd-4a748cdca1bc', 'room', '{"id": "room2"}', '{}', '{}', NULL, NULL, 2, '2026-11-25 05:29:47.105+00', '2026-11-25 05:29:47.105+00');
INSERT INTO public.conversations OVERRIDING SYSTEM VALUE VALUES ('b19f2814-ce01-4838-82eb-d11aef026457', 'conv_01M88JWXD134FHCQHDSB04EAKN', 8, 'fcf0a1bf-584a-42f0-bebd-4a748cdca1bc', 'room', '{"id": "again3"}', '{}', '{}', NULL, NULL, 0, '2026-11-25 05:29:47.169+00', '2026-11-25 05:29:47.169+00');
INSERT INTO public.conversations OVERRIDING SYSTEM VALUE VALUES ('b19f2814-ce01-4838-82eb-d11aef026457', 'conv_01M88JWXCVZVFD9TXS6W4PJSR8', 7, 'fcf0a1bf-584a-42f0-bebd-4a748cdca1bc', 'room', '{"id": "room3"}', '{}', '{}', NULL, NULL, 2, '2026-11-25 05:29:47.163+00', '2026-11-25 05:29:47.163+00');
INSERT INTO public.conversations OVERRIDING SYSTEM VALUE VALUES ('b19f2814-ce01-4838-82eb-d11aef026457', 'conv_01M88JWYYY0E1C2RX79P2SN6NF', 10, 'fcf0a1bf-584a-42f0-bebd-4a748cdca1bc', 'room', '{"id": "again4"}', '{}', '{}', NULL, NULL, 0, '2026-11-25 05:29:48.766+00', '2026-11-25 05:29:48.766+00');
INSERT INTO public.conversations OVERRIDING SYSTEM VALUE VALUES ('b19f2814-ce01-4838-82eb-d11aef026457', 'conv_01M88JWYYW5WG5KGR6VTJZXPSE', 9, 'fcf0a1bf-584a-42f0-bebd-4a748cdca1bc', 'room', '{"id": "room4"}', '{}', '{}', NULL, NULL, 2, '2026-11-25 05:29:48.764+00', '2026-11-25 05:29:48.764+00');

INSERT INTO public.deliveries VALUES ('b19f2814-ce01-4838-82eb-d11aef026457', 'evt_01M88JWXBD48RTAG0TNXM7GTH3', 7, 'bot', 'fcf0a1bf-584a-42f0-bebd-4a748cdca1bc', 'conv_01M88JWXB1YSC4NP32KJ10PRBK', 'delivered', '2026-11-25 05:29:47.117+00', 1, 0, NULL, NULL, NULL, false, '2026-11-25 05:29:47.117+00', '2026-11-25 05:29:47.152+00');
INSERT INTO public.deliveries VALUES ('b19f2814-ce01-4838-82eb-d11aef026457', 'evt_01M88JWX6WXXDC48KGP39PQPJ0', 1, 'bot', 'fcf0a1bf-584a-42f0-bebd-4a748cdca1bc', 'conv_01M88JWX6KP2801HFF5G7SD0DR', 'delivered', '2026-11-25 05:29:46.972+00', 1, 0, NULL, NULL, NULL, true, '2026-11-25 05:29:46.972+00', '2026-11-25 05:29:47.052+00');
INSERT INTO public.deliveries VALUES ('b19f2814-ce01-4838-82eb-d11aef026457', 'msg_01M88JWX7240PE3DYZM7PQ4JAS', 2, 'integration', 'fcf0a1bf-584a-42f0-bebd-4a748cdca1bc', 'conv_01M88JWX6KP2801HFF5G7SD0DR', 'delivered', '2026-11-25 05:29:46.978+00', 1, 0, NULL, NULL, NULL, true, '2026-11-25 05:29:46.978+00', '2026-11-25 05:29:47.052+00');
INSERT INTO public.deliveries VALUES ('b19f2814-ce01-4838-82eb-d11aef026457', 'evt_01M88JWX89ZVJB29NXNGDGXFG1', 3, 'bot', 'fcf0a1bf-584a-42f0-bebd-4a748cdca1bc', NULL, 'delivered', '2026-11-25 05:29:47.017+00', 1, 0, NULL, NULL, NULL, false, '2026-11-25 05:29:47.017+00', '2026-11-25 05:29:47.102+00');
INSERT INTO public.deliveries VALUES ('b19f2814-ce01-4838-82eb-d11aef026457', 'evt_01M88JWX9KSGH1H6VHRKB6G9RJ', 4, 'bot', 'fcf0a1bf-584a-42f0-bebd-4a748cdca1bc', 'conv_01M88JWX94M99XXGM9JVGTPC57', 'delivered', '2026-11-25 05:29:47.059+00', 1, 0, NULL, NULL, NULL, true, '2026-11-25 05:29:47.059+00', '2026-11-25 05:29:47.114+00');
INSERT INTO public.deliveries VALUES ('b19f2814-ce01-4838-82eb-d11aef026457', 'msg_01M88JWX9VV26ZG0V72CKYWH55', 5, 'integration', 'fcf0a1bf-584a-42f0-bebd-4a748cdca1bc', 'conv_01M88JWX94M99XXGM9JVGTPC57', 'delivered', '2026-11-25 05:29:47.067+00', 1, 0, NULL, NULL, NULL, true, '2026-11-25 05:29:47.067+00', '2026-11-25 05:29:47.114+00');
INSERT INTO public.deliveries VALUES ('b19f2814-ce01-4838-82eb-d11aef026457', 'evt_01M88JWXAE6T9A1RMN5APAQZ3M', 6, 'bot', 'fcf0a1bf-584a-42f0-bebd-4a748cdca1bc', NULL, 'delivered', '2026-11-25 05:29:47.086+00', 1, 0, NULL, NULL, NULL, false, '2026-11-25 05:29:47.086+00', '2026-11-25 05:29:47.125+00');
INSERT INTO public.deliveries VALUES ('b19f2814-ce01-4838-82eb-d11aef026457', 'msg_01M88JWXBN8W0R0E4D1QZ4WYP8', 8, 'integration', 'fcf0a1bf-584a-42f0-bebd-4a748cdca1bc', 'conv_01M88JWXB1YSC4NP32KJ10PRBK', 'delivered', '2026-11-25 05:29:47.125+00', 1, 0, NULL, NULL, NULL, false, '2026-11-25 05:29:47.125+00', '2026-11-25 05:29:47.152+00');
INSERT INTO public.deliveries VALUES ('b19f2814-ce01-4838-82eb-d11aef026457', 'evt_01M88JWXC45HT84T89RE8P7SB8', 9, 'bot', 'fcf0a1bf-584a-42f0-bebd-4a748cdca1bc', NULL, 'delivered', '2026-11-25 05:29:47.14+00', 1, 0, NULL, NULL, NULL, false, '2026-11-25 05:29:47.14+00', '2026-11-25 05:29:47.169+00');
INSERT INTO public.deliveries VALUES ('b19f2814-ce01-4838-82eb-d11aef026457', 'evt_01M88JWXD6WFCPZ5275DV0EBBP', 10, 'bot', 'fcf0a1bf-584a-42f0-bebd-4a748cdca1bc', 'conv_01M88JWXCVZVFD9TXS6W4PJSR8', 'delivered', '2026-11-25 05:29:47.174+00', 1, 0, NULL, NULL, NULL, false, '2026-11-25 05:29:47.174+00', '2026-11-25 05:29:47.196+00');
INSERT INTO public.deliveries VALUES ('b19f2814-ce01-4838-82eb-d11aef026457', 'msg_01M88JWXDAV7G6K49K9P8AVYWC', 11, 'integration', 'fcf0a1bf-584a-42f0-bebd-4a748cdca1bc', 'conv_01M88JWXCVZVFD9TXS6W4PJSR8', 'delivered', '2026-11-25 05:29:47.178+00', 1, 0, NULL, NULL, NULL, true, '2026-11-25 05:29:47.178+00', '2026-11-25 05:29:47.205+00');
INSERT INTO public.deliveries VALUES ('b19f2814-ce01-4838-82eb-d11aef026457', 'evt_01M88JWXDQB7H13GX5TESVC10X', 12, 'bot', 'fcf0a1bf-584a-42f0-bebd-4a748cdca1bc', NULL, 'delivered', '2026-11-25 05:29:47.191+00', 1, 0, NULL, NULL, NULL, false, '2026-11-25 05:29:47.191+00', '2026-11-25 05:29:47.215+00');
INSERT INTO public.deliveries VALUES ('b19f2814-ce01-4838-82eb-d11aef026457', 'evt_01M88JWYZ373MBYAXQ558FXMVA', 13, 'bot', 'fcf0a1bf-584a-42f0-bebd-4a748cdca1bc', 'conv_01M88JWYYW5WG5KGR6VTJZXPSE', 'queued', '2026-11-25 05:29:48.771+00', 0, 0, NULL, NULL, NULL, false, '2026-11-25 05:29:48.771+00', '2026-11-25 05:29:48.771+00');
INSERT INTO public.deliveries VALUES ('b19f2814-ce01-4838-82eb-d11aef026457', 'msg_01M88JWYZ6GW4S8BSRG60PCMXE', 14, 'integration', 'fcf0a1bf-584a-42f0-bebd-4a748cdca1bc', 'conv_01M88JWYYW5WG5KGR6VTJZXPSE', 'queued', '2026-11-25 05:29:48.775+00', 0, 0, NULL, NULL, NULL, false, '2026-11-25 05:29:48.775+00', '2026-11-25 05:29:48.775+00');
INSERT INTO public.deliveries VALUES ('b19f2814-ce01-4838-82eb-d11aef026457', 'evt_01M88JWYZDRXYYPMNJEC89BDK6', 15, 'bot', 'fcf0a1bf-584a-42f0-bebd-4a748cdca1bc', NULL, 'queued', '2026-11-25 05:29:48.781+00', 0, 0, NULL, NULL, NULL, false, '2026-11-25 05:29:48.781+00', '2026-11-25 05:29:48.781+00');

INSERT INTO public.delivery_attempts VALUES ('b19f2814-ce01-4838-82eb-d11aef026457', 'evt_01M88JWX6WXXDC48KGP39PQPJ0', 1, 'delivered', NULL, 200, 21, '{"url":"http://127.0.0.1:35434","headers":{"traceparent":"00-a3eef587af93481d9a69e23ad386dee3-a31f46b16f55bd22-01","tracestate":"understudy=a31f46b16f55bd22","content-type":"application/json","x-bot-id":"b19f2814-ce01-4838-82eb-d11aef026457","x-bp-operation":"event_received","x-bp-type":"message_created","x-bp-configuration":"[redacted]","x-understudy-attempt":"1"},"body":"{\"event\":{\"id\":\"evt_01M88JWX6WXXDC48KGP39PQPJ0\",\"createdAt\":\"2026-11-25T05:29:46.972Z\",\"type\":\"message_created\",\"payload\":{\"message\":{\"id\":\"msg_01M88JWX6WYT24A94Y2SZ9KWNB\",\"createdAt\":\"2026-11-25T05:29:46.972Z\",\"updatedAt\":\"2026-11-25T05:29:46.972Z\",\"type\":\"text\",\"payload\":{\"text\":\"Hello 0\"},\"direction\":\"incoming\",\"userId\":\"user_01M88JWX6DDAA26C38NYCF8PD0\",\"conversationId\":\"conv_01M88JWX6KP2801HFF5G7SD0DR\",\"tags\":{\"parrot:id\":\"m0\"}},\"user\":{\"id\":\"user_01M88JWX6DDAA26C38NYCF8PD0\",\"createdAt\":\"2026-11-25T05:29:46.957Z\",\"updatedAt\":\"2026-11-25T05:29:46.957Z\",\"tags\":{\"parrot:id\":\"ann0\"},\"name\":\"Ann\",\"attributes\":{},\"properties\":{}},\"conversation\":{\"id\":\"conv_01M88JWX6KP2801HFF5G7SD0DR\",\"createdAt\":\"2026-11-25T05:29:46.963Z\",\"updatedAt\":\"2026-11-25T05:29:46.963Z\",\"channel\":\"room\",\"integration\":\"parrot\",\"tags\":{\"parrot:id\":\"room0\"},\"properties\":{},\"messageCount\":2}},\"conversationId\":\"conv_01M88JWX6KP2801HFF5G7SD0DR\",\"userId\":\"user_01M88JWX6DDAA26C38NYCF8PD0\",\"messageId\":\"msg_01M88JWX6WYT24A94Y2SZ9KWNB\",\"status\":\"pending\",\"failureReason\":null}}"}', '{"status":200,"headers":{"date":"Wed, 25 Nov 2026 05:29:47 GMT","connection":"keep-alive","keep-alive":"timeout=5","content-length":"2"},"body":"{}"}', '2026-11-25 05:29:47.027+00');
INSERT INTO public.delivery_attempts VALUES ('b19f2814-ce01-4838-82eb-d11aef026457', 'msg_01M88JWX7240PE3DYZM7PQ4JAS', 1, 'delivered', NULL, 200, 10, '{"url":"http://127.0.0.1:35434","headers":{"traceparent":"00-2fb78bf9ba424901848a8ce020f8db9a-b02ecfb437eff889-01","tracestate":"understudy=b02ecfb437eff889","content-type":"application/json","x-bot-id":"b19f2814-ce01-4838-82eb-d11aef026457","x-bot-user-id":"b19f2814-ce01-4838-82eb-d11aef026457","x-integration-id":"33cdc3a0-bc2e-4d5e-9311-22cd98b3264e","x-integration-alias":"parrot","x-webhook-id":"6878a880-37a3-4957-aa21-c3ab943f16b0","x-bp-operation":"message_created","x-bp-configuration":"[redacted]","x-understudy-attempt":"1"},"body":"{\"type\":\"text\",\"payload\":{\"text\":\"Hi\"},\"conversation\":{\"id\":\"conv_01M88JWX6KP2801HFF5G7SD0DR\",\"createdAt\":\"2026-11-25T05:29:46.963Z\",\"updatedAt\":\"2026-11-25T05:29:46.963Z\",\"channel\":\"room\",\"integration\":\"parrot\",\"tags\":{\"id\":\"room0\"},\"properties\":{},\"messageCount\":2},\"user\":{\"id\":\"b19f2814-ce01-4838-82eb-d11aef026457\",\"createdAt\":\"2026-11-25T05:29:46.823Z\",\"updatedAt\":\"2026-11-25T05:29:46.823Z\",\"tags\":{},\"name\":\"kept\",\"attributes\":{},\"properties\":{}},\"message\":{\"id\":\"msg_01M88JWX7240PE3DYZM7PQ4JAS\",\"createdAt\":\"2026-11-25T05:29:46.978Z\",\"updatedAt\":\"2026-11-25T05:29:46.978Z\",\"type\":\"text\",\"payload\":{\"text\":\"Hi\"},\"direction\":\"outgoing\",\"userId\":\"b19f2814-ce01-4838-82eb-d11aef026457\",\"conversationId\":\"conv_01M88JWX6KP2801HFF5G7SD0DR\",\"tags\":{}}}"}', '{"status":200,"headers":{"date":"Wed, 25 Nov 2026 05:29:47 GMT","connection":"keep-alive","keep-alive":"timeout=5","content-length":"2"},"body":"{}"}', '2026-11-25 05:29:47.042+00');
INSERT INTO public.delivery_attempts VALUES ('b19f2814-ce01-4838-82eb-d11aef026457', 'evt_01M88JWX89ZVJB29NXNGDGXFG1', 1, 'delivered', NULL, 200, 7, '{"url":"http://127.0.0.1:35434","headers":{"traceparent":"00-d137033fa22f4aa78e5ee10a0ae38b1c-9c118935b74db9e8-01","tracestate":"understudy=9c118935b74db9e8","content-type":"application/json","x-bot-id":"b19f2814-ce01-4838-82eb-d11aef026457","x-bp-operation":"event_received","x-bp-type":"parrot:squawk","x-bp-configuration":"[redacted]","x-understudy-attempt":"1"},"body":"{\"event\":{\"id\":\"evt_01M88JWX89ZVJB29NXNGDGXFG1\",\"createdAt\":\"2026-11-25T05:29:47.017Z\",\"type\":\"parrot:squawk\",\"payload\":{\"text\":\"Squawk\"},\"status\":\"pending\",\"failureReason\":null}}"}', '{"status":200,"headers":{"date":"Wed, 25 Nov 2026 05:29:47 GMT","connection":"keep-alive","keep-alive":"timeout=5","content-length":"2"},"body":"{}"}', '2026-11-25 05:29:47.092+00');
INSERT INTO public.delivery_attempts VALUES ('b19f2814-ce01-4838-82eb-d11aef026457', 'evt_01M88JWX9KSGH1H6VHRKB6G9RJ', 1, 'delivered', NULL, 200, 9, '{"url":"http://127.0.0.1:35434","headers":{"traceparent":"00-b57027746d3e40f8853f970768cd5815-8120ea2b0f15b6e8-01","tracestate":"understudy=8120ea2b0f15b6e8","content-type":"application/json","x-bot-id":"b19f2814-ce01-4838-82eb-d11aef026457","x-bp-operation":"event_received","x-bp-type":"message_created","x-bp-configuration":"[redacted]","x-understudy-attempt":"1"},"body":"{\"event\":{\"id\":\"evt_01M88JWX9KSGH1H6VHRKB6G9RJ\",\"createdAt\":\"2026-11-25T05:29:47.059Z\",\"type\":\"message_created\",\"payload\":{\"message\":{\"id\":\"msg_01M88JWX9KWED0CJ8KZM8M6AYW\",\"createdAt\":\"2026-11-25T05:29:47.059Z\",\"updatedAt\":\"2026-11-25T05:29:47.059Z\",\"type\":\"text\",\"payload\":{\"text\":\"Hello 1\"},\"direction\":\"incoming\",\"userId\":\"user_01M88JWX8Y3CND4P84P8AZPP41\",\"conversationId\":\"conv_01M88JWX94M99XXGM9JVGTPC57\",\"tags\":{\"parrot:id\":\"m1\"}},\"user\":{\"id\":\"user_01M88JWX8Y3CND4P84P8AZPP41\",\"createdAt\":\"2026-11-25T05:29:47.038Z\",\"updatedAt\":\"2026-11-25T05:29:47.038Z\",\"tags\":{\"parrot:id\":\"ann1\"},\"name\":\"Ann\",\"attributes\":{},\"properties\":{}},\"conversation\":{\"id\":\"conv_01M88JWX94M99XXGM9JVGTPC57\",\"createdAt\":\"2026-11-25T05:29:47.044Z\",\"updatedAt\":\"2026-11-25T05:29:47.044Z\",\"channel\":\"room\",\"integration\":\"parrot\",\"tags\":{\"parrot:id\":\"room1\"},\"properties\":{},\"messageCount\":2}},\"conversationId\":\"conv_01M88JWX94M99XXGM9JVGTPC57\",\"userId\":\"user_01M88JWX8Y3CND4P84P8AZPP41\",\"messageId\":\"msg_01M88JWX9KWED0CJ8KZM8M6AYW\",\"status\":\"pending\",\"failureReason\":null}}"}', '{"status":200,"headers":{"date":"Wed, 25 Nov 2026 05:29:47 GMT","connection":"keep-alive","keep-alive":"timeout=5","content-length":"2"},"body":"{}"}', '2026-11-25 05:29:47.099+00');
INSERT INTO public.delivery_attempts VALUES ('b19f2814-ce01-4838-82eb-d11aef026457', 'msg_01M88JWX9VV26ZG0V72CKYWH55', 1, 'delivered', NULL, 200, 9, '{"url":"http://127.0.0.1:35434","headers":{"traceparent":"00-290d9940a2ea447db811787172479321-94914241a277a207-01","tracestate":"understudy=94914241a277a207","content-type":"application/json","x-bot-id":"b19f2814-ce01-4838-82eb-d11aef026457","x-bot-user-id":"b19f2814-ce01-4838-82eb-d11aef026457","x-integration-id":"33cdc3a0-bc2e-4d5e-9311-22cd98b3264e","x-integration-alias":"parrot","x-webhook-id":"6878a880-37a3-4957-aa21-c3ab943f16b0","x-bp-operation":"message_created","x-bp-configuration":"[redacted]","x-understudy-attempt":"1"},"body":"{\"type\":\"text\",\"payload\":{\"text\":\"Hi\"},\"conversation\":{\"id\":\"conv_01M88JWX94M99XXGM9JVGTPC57\",\"createdAt\":\"2026-11-25T05:29:47.044Z\",\"updatedAt\":\"2026-11-25T05:29:47.044Z\",\"channel\":\"room\",\"integration\":\"parrot\",\"tags\":{\"id\":\"room1\"},\"properties\":{},\"messageCount\":2},\"user\":{\"id\":\"b19f2814-ce01-4838-82eb-d11aef026457\",\"createdAt\":\"2026-11-25T05:29:46.823Z\",\"updatedAt\":\"2026-11-25T05:29:46.823Z\",\"tags\":{},\"name\":\"kept\",\"attributes\":{},\"properties\":{}},\"message\":{\"id\":\"msg_01M88JWX9VV26ZG0V72CKYWH55\",\"createdAt\":\"2026-11-25T05:29:47.067Z\",\"updatedAt\":\"2026-11-25T05:29:47.067Z\",\"type\":\"text\",\"payload\":{\"text\":\"Hi\"},\"direction\":\"outgoing\",\"userId\":\"b19f2814-ce01-4838-82eb-d11aef026457\",\"conversationId\":\"conv_01M88JWX94M99XXGM9JVGTPC57\",\"tags\":{}}}"}', '{"status":200,"headers":{"date":"Wed, 25 Nov 2026 05:29:47 GMT","connection":"keep-alive","keep-alive":"timeout=5","content-length":"2"},"body":"{}"}', '2026-11-25 05:29:47.1+00');
INSERT INTO public.delivery_attempts VALUES ('b19f2814-ce01-4838-82eb-d11aef026457', 'evt_01M88JWXAE6T9A1RMN5APAQZ3M', 1, 'delivered', NULL, 200, 7, '{"url":"http://127.0.0.1:35434","headers":{"traceparent":"00-6d3d13cfff9140608dfce48c70091426-8ee008a8c3a8c668-01","tracestate":"understudy=8ee008a8c3a8c668","content-type":"application/json","x-bot-id":"b19f2814-ce01-4838-82eb-d11aef026457","x-bp-operation":"event_received","x-bp-type":"parrot:squawk","x-bp-configuration":"[redacted]","x-understudy-attempt":"1"},"body":"{\"event\":{\"id\":\"evt_01M88JWXAE6T9A1RMN5APAQZ3M\",\"createdAt\":\"2026-11-25T05:29:47.086Z\",\"type\":\"parrot:squawk\",\"payload\":{\"text\":\"Squawk\"},\"status\":\"pending\",\"failureReason\":null}}"}', '{"status":200,"headers":{"date":"Wed, 25 Nov 2026 05:29:47 GMT","connection":"keep-alive","keep-alive":"timeout=5","content-length":"2"},"body":"{}"}', '2026-11-25 05:29:47.114+00');
INSERT INTO public.delivery_attempts VALUES ('b19f2814-ce01-4838-82eb-d11aef026457', 'evt_01M88JWXBD48RTAG0TNXM7GTH3', 1, 'delivered', NULL, 200, 3, '{"url":"http://127.0.0.1:35434","headers":{"traceparent":"00-5c9d355bfedb41a896d7a0c7d02e7839-bad6c38932088ae6-01","tracestate":"understudy=bad6c38932088ae6","content-type":"application/json","x-bot-id":"b19f2814-ce01-4838-82eb-d11aef026457","x-bp-operation":"event_received","x-bp-type":"message_created","x-bp-configuration":"[redacted]","x-understudy-attempt":"1"},"body":"{\"event\":{\"id\":\"evt_01M88JWXBD48RTAG0TNXM7GTH3\",\"createdAt\":\"2026-11-25T05:29:47.117Z\",\"type\":\"message_created\",\"payload\":{\"message\":{\"id\":\"msg_01M88JWXBDJXP26R5BZF1KK8Z8\",\"createdAt\":\"2026-11-25T05:29:47.117Z\",\"updatedAt\":\"2026-11-25T05:29:47.117Z\",\"type\":\"text\",\"payload\":{\"text\":\"Hello 2\"},\"direction\":\"incoming\",\"userId\":\"user_01M88JWXASXE3MH15V69QYC7PJ\",\"conversationId\":\"conv_01M88JWXB1YSC4NP32KJ10PRBK\",\"tags\":{\"parrot:id\":\"m2\"}},\"user\":{\"id\":\"user_01M88JWXASXE3MH15V69QYC7PJ\",\"createdAt\":\"2026-11-25T05:29:47.097Z\",\"updatedAt\":\"2026-11-25T05:29:47.097Z\",\"tags\":{\"parrot:id\":\"ann2\"},\"name\":\"Ann\",\"attributes\":{},\"properties\":{}},\"conversation\":{\"id\":\"conv_01M88JWXB1YSC4NP32KJ10PRBK\",\"createdAt\":\"2026-11-25T05:29:47.105Z\",\"updatedAt\":\"2026-11-25T05:29:47.105Z\",\"channel\":\"room\",\"integration\":\"parrot\",\"tags\":{\"parrot:id\":\"room2\"},\"properties\":{},\"messageCount\":2}},\"conversationId\":\"conv_01M88JWXB1YSC4NP32KJ10PRBK\",\"userId\":\"user_01M88JWXASXE3MH15V69QYC7PJ\",\"messageId\":\"msg_01M88JWXBDJXP26R5BZF1KK8Z8\",\"status\":\"pending\",\"failureReason\":null}}"}', '{"status":200,"headers":{"date":"Wed, 25 Nov 2026 05:29:47 GMT","connection":"keep-alive","keep-alive":"timeout=5","content-length":"2"},"body":"{}"}', '2026-11-25 05:29:47.147+00');
INSERT INTO public.delivery_attempts VALUES ('b19f2814-ce01-4838-82eb-d11aef026457', 'msg_01M88JWXBN8W0R0E4D1QZ4WYP8', 1, 'delivered', NULL, 200, 3, '{"url":"http://127.0.0.1:35434","headers":{"traceparent":"00-0e279915873f46598fb298bada03e9d2-97630f2783e074ff-01","tracestate":"understudy=97630f2783e074ff","content-type":"application/json","x-bot-id":"b19f2814-ce01-4838-82eb-d11aef026457","x-bot-user-id":"b19f2814-ce01-4838-82eb-d11aef026457","x-integration-id":"33cdc3a0-bc2e-4d5e-9311-22cd98b3264e","x-integration-alias":"parrot","x-webhook-id":"6878a880-37a3-4957-aa21-c3ab943f16b0","x-bp-operation":"message_created","x-bp-configuration":"[redacted]","x-understudy-attempt":"1"},"body":"{\"type\":\"text\",\"payload\":{\"text\":\"Hi\"},\"conversation\":{\"id\":\"conv_01M88JWXB1YSC4NP32KJ10PRBK\",\"createdAt\":\"2026-11-25T05:29:47.105Z\",\"updatedAt\":\"2026-11-25T05:29:47.105Z\",\"channel\":\"room\",\"integration\":\"parrot\",\"tags\":{\"id\":\"room2\"},\"properties\":{},\"messageCount\":2},\"user\":{\"id\":\"b19f2814-ce01-4838-82eb-d11aef026457\",\"createdAt\":\"2026-11-25T05:29:46.823Z\",\"updatedAt\":\"2026-11-25T05:29:46.823Z\",\"tags\":{},\"name\":\"kept\",\"attributes\":{},\"properties\":{}},\"message\":{\"id\":\"msg_01M88JWXBN8W0R0E4D1QZ4WYP8\",\"createdAt\":\"2026-11-25T05:29:47.125Z\",\"updatedAt\":\"2026-11-25T05:29:47.125Z\",\"type\":\"text\",\"payload\":{\"text\":\"Hi\"},\"direction\":\"outgoing\",\"userId\":\"b19f2814-ce01-4838-82eb-d11aef026457\",\"conversationId\":\"conv_01M88JWXB1YSC4NP32KJ10PRBK\",\"tags\":{}}}"}', '{"status":200,"headers":{"date":"Wed, 25 Nov 2026 05:29:47 GMT","connection":"keep-alive","keep-alive":"timeout=5","content-length":"2"},"body":"{}"}', '2026-11-25 05:29:47.149+00');
INSERT INTO public.delivery_attempts VALUES ('b19f2814-ce01-4838-82eb-d11aef026457', 'evt_01M88JWXC45HT84T89RE8P7SB8', 1, 'delivered', NULL, 200, 1, '{"url":"http://127.0.0.1:35434","headers":{"traceparent":"00-238a57affe0249e2871a6a0cc9bc5718-9bb5fe1b1eec84ce-01","tracestate":"understudy=9bb5fe1b1eec84ce","content-type":"application/json","x-bot-id":"b19f2814-ce01-4838-82eb-d11aef026457","x-bp-operation":"event_received","x-bp-type":"parrot:squawk","x-bp-configuration":"[redacted]","x-understudy-attempt":"1"},"body":"{\"event\":{\"id\":\"evt_01M88JWXC45HT84T89RE8P7SB8\",\"createdAt\":\"2026-11-25T05:29:47.140Z\",\"type\":\"parrot:squawk\",\"payload\":{\"text\":\"Squawk\"},\"status\":\"pending\",\"failureReason\":null}}"}', '{"status":200,"headers":{"date":"Wed, 25 Nov 2026 05:29:47 GMT","connection":"keep-alive","keep-alive":"timeout=5","content-length":"2"},"body":"{}"}', '2026-11-25 05:29:47.166+00');
INSERT INTO public.delivery_attempts VALUES ('b19f2814-ce01-4838-82eb-d11aef026457', 'evt_01M88JWXD6WFCPZ5275DV0EBBP', 1, 'delivered', NULL, 200, 2, '{"url":"http://127.0.0.1:35434","headers":{"traceparent":"00-22395b0f89f34b5b8ca181f9e235a9b5-9c91c1e573500f7f-01","tracestate":"understudy=9c91c1e573500f7f","content-type":"application/json","x-bot-id":"b19f2814-ce01-4838-82eb-d11aef026457","x-bp-operation":"event_received","x-bp-type":"message_created","x-bp-configuration":"[redacted]","x-understudy-attempt":"1"},"body":"{\"event\":{\"id\":\"evt_01M88JWXD6WFCPZ5275DV0EBBP\",\"createdAt\":\"2026-11-25T05:29:47.174Z\",\"type\":\"message_created\",\"payload\":{\"message\":{\"id\":\"msg_01M88JWXD61BMPXKZFYY3V5SA1\",\"createdAt\":\"2026-11-25T05:29:47.174Z\",\"updatedAt\":\"2026-11-25T05:29:47.174Z\",\"type\":\"text\",\"payload\":{\"text\":\"Hello 3\"},\"direction\":\"incoming\",\"userId\":\"user_01M88JWXCNRVKF0QFDD1XMZT9P\",\"conversationId\":\"conv_01M88JWXCVZVFD9TXS6W4PJSR8\",\"tags\":{\"parrot:id\":\"m3\"}},\"user\":{\"id\":\"user_01M88JWXCNRVKF0QFDD1XMZT9P\",\"createdAt\":\"2026-11-25T05:29:47.157Z\",\"updatedAt\":\"2026-11-25T05:29:47.157Z\",\"tags\":{\"parrot:id\":\"ann3\"},\"name\":\"Ann\",\"attributes\":{},\"properties\":{}},\"conversation\":{\"id\":\"conv_01M88JWXCVZVFD9TXS6W4PJSR8\",\"createdAt\":\"2026-11-25T05:29:47.163Z\",\"updatedAt\":\"2026-11-25T05:29:47.163Z\",\"channel\":\"room\",\"integration\":\"parrot\",\"tags\":{\"parrot:id\":\"room3\"},\"properties\":{},\"messageCount\":2}},\"conversationId\":\"conv_01M88JWXCVZVFD9TXS6W4PJSR8\",\"userId\":\"user_01M88JWXCNRVKF0QFDD1XMZT9P\",\"messageId\":\"msg_01M88JWXD61BMPXKZFYY3V5SA1\",\"status\":\"pending\",\"failureReason\":null}}"}', '{"status":200,"headers":{"date":"Wed, 25 Nov 2026 05:29:47 GMT","connection":"keep-alive","keep-alive":"timeout=5","content-length":"2"},"body":"{}"}', '2026-11-25 05:29:47.192+00');
INSERT INTO public.delivery_attempts VALUES ('b19f2814-ce01-4838-82eb-d11aef026457', 'msg_01M88JWXDAV7G6K49K9P8AVYWC', 1, 'delivered', NULL, 200, 2, '{"url":"http://127.0.0.1:35434","headers":{"traceparent":"00-0691ba7330724a74bb5276b159963f4e-ae2f7953bfe796cd-01","tracestate":"understudy=ae2f7953bfe796cd","content-type":"application/json","x-bot-id":"b19f2814-ce01-4838-82eb-d11aef026457","x-bot-user-id":"b19f2814-ce01-4838-82eb-d11aef026457","x-integration-id":"33cdc3a0-bc2e-4d5e-9311-22cd98b3264e","x-integration-alias":"parrot","x-webhook-id":"6878a880-37a3-4957-aa21-c3ab943f16b0","x-bp-operation":"message_created","x-bp-configuration":"[redacted]","x-understudy-attempt":"1"},"body":"{\"type\":\"text\",\"payload\":{\"text\":\"Hi\"},\"conversation\":{\"id\":\"conv_01M88JWXCVZVFD9TXS6W4PJSR8\",\"createdAt\":\"2026-11-25T05:29:47.163Z\",\"updatedAt\":\"2026-11-25T05:29:47.163Z\",\"channel\":\"room\",\"integration\":\"parrot\",\"tags\":{\"id\":\"room3\"},\"properties\":{},\"messageCount\":2},\"user\":{\"id\":\"b19f2814-ce01-4838-82eb-d11aef026457\",\"createdAt\":\"2026-11-25T05:29:46.823Z\",\"updatedAt\":\"2026-11-25T05:29:46.823Z\",\"tags\":{},\"name\":\"kept\",\"attributes\":{},\"properties\":{}},\"message\":{\"id\":\"msg_01M88JWXDAV7G6K49K9P8AVYWC\",\"createdAt\":\"2026-11-25T05:29:47.178Z\",\"updatedAt\":\"2026-11-25T05:29:47.178Z\",\"type\":\"text\",\"payload\":{\"text\":\"Hi\"},\"direction\":\"outgoing\",\"userId\":\"b19f2814-ce01-4838-82eb-d11aef026457\",\"conversationId\":\"conv_01M88JWXCVZVFD9TXS6W4PJSR8\",\"tags\":{}}}"}', '{"status":200,"headers":{"date":"Wed, 25 Nov 2026 05:29:47 GMT","connection":"keep-alive","keep-alive":"timeout=5","content-length":"2"},"body":"{}"}', '2026-11-25 05:29:47.2+00');
INSERT INTO public.delivery_attempts VALUES ('b19f2814-ce01-4838-82eb-d11aef026457', 'evt_01M88JWXDQB7H13GX5TESVC10X', 1, 'delivered', NULL, 200, 1, '{"url":"http://127.0.0.1:35434","headers":{"traceparent":"00-f0e5edec6a014c588f05d631be43bf51-8776618e44955ea7-01","tracestate":"understudy=8776618e44955ea7","content-type":"application/json","x-bot-id":"b19f2814-ce01-4838-82eb-d11aef026457","x-bp-operation":"event_received","x-bp-type":"parrot:squawk","x-bp-configuration":"[redacted]","x-understudy-attempt":"1"},"body":"{\"event\":{\"id\":\"evt_01M88JWXDQB7H13GX5TESVC10X\",\"createdAt\":\"2026-11-25T05:29:47.191Z\",\"type\":\"parrot:squawk\",\"payload\":{\"text\":\"Squawk\"},\"status\":\"pending\",\"failureReason\":null}}"}', '{"status":200,"headers":{"date":"Wed, 25 Nov 2026 05:29:47 GMT","connection":"keep-alive","keep-alive":"timeout=5","content-length":"2"},"body":"{}"}', '2026-11-25 05:29:47.212+00');

INSERT INTO public.events OVERRIDING SYSTEM VALUE VALUES ('b19f2814-ce01-4838-82eb-d11aef026457', 'evt_01M88JWX6WXXDC48KGP39PQPJ0', 1, 'fcf0a1bf-584a-42f0-bebd-4a748cdca1bc', 'message_created', NULL, 'conv_01M88JWX6KP2801HFF5G7SD0DR', 'user_01M88JWX6DDAA26C38NYCF8PD0', 'msg_01M88JWX6WYT24A94Y2SZ9KWNB', NULL, 'processed', NULL, NULL, '2026-11-25 05:29:46.972+00', '2026-11-25 05:29:47.052+00');
INSERT INTO public.events OVERRIDING SYSTEM VALUE VALUES ('b19f2814-ce01-4838-82eb-d11aef026457', 'evt_01M88JWX89ZVJB29NXNGDGXFG1', 2, 'fcf0a1bf-584a-42f0-bebd-4a748cdca1bc', 'squawk', '{"text":"Squawk"}', NULL, NULL, NULL, NULL, 'processed', NULL, NULL, '2026-11-25 05:29:47.017+00', '2026-11-25 05:29:47.102+00');
INSERT INTO public.events OVERRIDING SYSTEM VALUE VALUES ('b19f2814-ce01-4838-82eb-d11aef026457', 'evt_01M88JWX9KSGH1H6VHRKB6G9RJ', 3, 'fcf0a1bf-584a-42f0-bebd-4a748cdca1bc', 'message_created', NULL, 'conv_01M88JWX94M99XXGM9JVGTPC57', 'user_01M88JWX8Y3CND4P84P8AZPP41', 'msg_01M88JWX9KWED0CJ8KZM8M6AYW', NULL, 'processed', NULL, NULL, '2026-11-25 05:29:47.059+00', '2026-11-25 05:29:47.114+00');
INSERT INTO public.events OVERRIDING SYSTEM VALUE VALUES ('b19f2814-ce01-4838-82eb-d11aef026457', 'evt_01M88JWXAE6T9A1RMN5APAQZ3M', 4, 'fcf0a1bf-584a-42f0-bebd-4a748cdca1bc', 'squawk', '{"text":"Squawk"}', NULL, NULL, NULL, NULL, 'processed', NULL, NULL, '2026-11-25 05:29:47.086+00', '2026-11-25 05:29:47.125+00');
INSERT INTO public.events OVERRIDING SYSTEM VALUE VALUES ('b19f2814-ce01-4838-82eb-d11aef026457', 'evt_01M88JWXBD48RTAG0TNXM7GTH3', 5, 'fcf0a1bf-584a-42f0-bebd-4a748cdca1bc', 'message_created', NULL, 'conv_01M88JWXB1YSC4NP32KJ10PRBK', 'user_01M88JWXASXE3MH15V69QYC7PJ', 'msg_01M88JWXBDJXP26R5BZF1KK8Z8', NULL, 'processed', NULL, NULL, '2026-11-25 05:29:47.117+00', '2026-11-25 05:29:47.152+00');
INSERT INTO public.events OVERRIDING SYSTEM VALUE VALUES ('b19f2814-ce01-4838-82eb-d11aef026457', 'evt_01M88JWXC45HT84T89RE8P7SB8', 6, 'fcf0a1bf-584a-42f0-bebd-4a748cdca1bc', 'squawk', '{"text":"Squawk"}', NULL, NULL, NULL, NULL, 'processed', NULL, NULL, '2026-11-25 05:29:47.14+00', '2026-11-25 05:29:47.169+00');
INSERT INTO public.events OVERRIDING SYSTEM VALUE VALUES ('b19f2814-ce01-4838-82eb-d11aef026457', 'evt_01M88JWXD6WFCPZ5275DV0EBBP', 7, 'fcf0a1bf-584a-42f0-bebd-4a748cdca1bc', 'message_created', NULL, 'conv_01M88JWXCVZVFD9TXS6W4PJSR8', 'user_01M88JWXCNRVKF0QFDD1XMZT9P', 'msg_01M88JWXD61BMPXKZFYY3V5SA1', NULL, 'processed', NULL, NULL, '2026-11-25 05:29:47.174+00', '2026-11-25 05:29:47.196+00');
INSERT INTO public.events OVERRIDING SYSTEM VALUE VALUES ('b19f2814-ce01-4838-82eb-d11aef026457', 'evt_01M88JWXDQB7H13GX5TESVC10X', 8, 'fcf0a1bf-584a-42f0-bebd-4a748cdca1bc', 'squawk', '{"text":"Squawk"}', NULL, NULL, NULL, NULL, 'processed', NULL, NULL, '2026-11-25 05:29:47.191+00', '2026-11-25 05:29:47.215+00');
INSERT INTO public.events OVERRIDING SYSTEM VALUE VALUES ('b19f2814-ce01-4838-82eb-d11aef026457', 'evt_01M88JWYZ373MBYAXQ558FXMVA', 9, 'fcf0a1bf-584a-42f0-bebd-4a748cdca1bc', 'message_created', NULL, 'conv_01M88JWYYW5WG5KGR6VTJZXPSE', 'user_01M88JWYYSTXC2M7JZ4G5G4PEK', 'msg_01M88JWYZ3SKA3ES47ESB2T12Q', NULL, 'pending', NULL, NULL, '2026-11-25 05:29:48.771+00', '2026-11-25 05:29:48.771+00');
INSERT INTO public.events OVERRIDING SYSTEM VALUE VALUES ('b19f2814-ce01-4838-82eb-d11aef026457', 'evt_01M88JWYZDRXYYPMNJEC89BDK6', 10, 'fcf0a1bf-584a-42f0-bebd-4a748cdca1bc', 'squawk', '{"text":"Squawk"}', NULL, NULL, NULL, NULL, 'pending', NULL, NULL, '2026-11-25 05:29:48.781+00', '2026-11-25 05:29:48.781+00');

INSERT INTO public.installation_versions VALUES ('5ea5b661-56e2-4e7e-8d1f-fe13e2e3842a', 'd11c6673-ef88-43be-8bd6-c084fdaf7031');
INSERT INTO public.installation_versions VALUES ('fcf0a1bf-584a-42f0-bebd-4a748cdca1bc', '33cdc3a0-bc2e-4d5e-9311-22cd98b3264e');

INSERT INTO public.installations VALUES ('5ea5b661-56e2-4e7e-8d1f-fe13e2e3842a', '5a7edd07-d5cd-4fd2-8241-f37b668ea8d6', 'emulator', '72e9ece0-1fe3-49e7-9716-b9e0bc04a0d7', 'd11c6673-ef88-43be-8bd6-c084fdaf7031', true, '48869675-958c-4f6e-ae32-079ceb3d1d45', NULL, NULL, '\xf019abc0c98573002d8d7e9c5f9fe28419a5cc96910daba4823f4540fbf5a048ca69', '{}', 'registered', NULL, NULL, '2026-11-25 05:29:44.991+00', '2026-11-25 05:29:44.991+00');
INSERT INTO public.installations VALUES ('fcf0a1bf-584a-42f0-bebd-4a748cdca1bc', 'b19f2814-ce01-4838-82eb-d11aef026457', 'parrot', '92b391c6-8183-4441-a13e-46f4775ad907', '33cdc3a0-bc2e-4d5e-9311-22cd98b3264e', true, '6878a880-37a3-4957-aa21-c3ab943f16b0', NULL, NULL, '\xf019abc03e68fae5d72da7860588c94660e84af81310309d1c73affe01683a1d166b', '{}', 'registered', NULL, NULL, '2026-11-25 05:29:46.919+00', '2026-11-25 05:29:46.919+00');

INSERT INTO public.integration_families VALUES ('72e9ece0-1fe3-49e7-9716-b9e0bc04a0d7', '0b2f3c52-6a0e-4b0f-9d8e-0c1a5a8f1d11', 'emulator', NULL, '2026-11-25 05:29:44.906+00', true);
INSERT INTO public.integration_families VALUES ('92b391c6-8183-4441-a13e-46f4775ad907', '0b2f3c52-6a0e-4b0f-9d8e-0c1a5a8f1d11', 'parrot', NULL, '2026-11-25 05:29:46.773+00', false);

INSERT INTO public.integrations OVERRIDING SYSTEM VALUE VALUES ('d11c6673-ef88-43be-8bd6-c084fdaf7031', '72e9ece0-1fe3-49e7-9716-b9e0bc04a0d7', '1.0.0', 'Emulator', 'A channel to talk to a bot through the API alone', false, 'public', 'published', 'unapproved', NULL, NULL, NULL, NULL, '{"configuration":{"identifier":{"required":false},"schema":{"type":"object","properties":{},"additionalProperties":false}},"configurations":{},"identifier":{},"channels":{"channel":{"messages":{"text":{"schema":{"type":"object","additionalProperties":true}},"markdown":{"schema":{"type":"object","additionalProperties":true}},"image":{"schema":{"type":"object","additionalProperties":true}},"audio":{"schema":{"type":"object","additionalProperties":true}},"video":{"schema":{"type":"object","additionalProperties":true}},"file":{"schema":{"type":"object","additionalProperties":true}},"location":{"schema":{"type":"object","additionalProperties":true}},"carousel":{"schema":{"type":"object","additionalProperties":true}},"card":{"schema":{"type":"object","additionalProperties":true}},"choice":{"schema":{"type":"object","additionalProperties":true}},"dropdown":{"schema":{"type":"object","additionalProperties":true}},"bloc":{"schema":{"type":"object","additionalProperties":true}}},"conversation":{"tags":{"id":{"title":"Id","description":"Whatever tells it apart from the others"}},"creation":{"enabled":false,"requiredTags":[]}},"message":{"tags":{"id":{"title":"Id","description":"Whatever tells it apart from the others"}}},"title":"Channel"}},"user":{"tags":{"id":{"title":"Id","description":"Whatever tells it apart from the others"}},"creation":{"enabled":false,"requiredTags":[]}},"states":{},"events":{"custom":{"title":"Custom","description":"Anything a program wants to tell the bot","schema":{"type":"object","additionalProperties":true}}},"actions":{},"entities":{},"interfaces":{},"extraOperations":{}}', '{}', NULL, '\xf019abc08a801fbe5ec9fe254a0a91706a20720e9b422768936533f2840816f650eba8f7b7ad81cc0b4013ac94fa5010f870019ebaf9fc185db1698ee7a85c2e3aee3cc12e78fab2eb049f6b421179c5cd8b5dddb743b7a25904a7a5a901b344', '\xf019abc0cf2c48734d7ff6c116c6c6e47c2a594385116b96d0baf44398b5dcb2d98a', '{}', '2026-11-25 05:29:44.905+00', '2026-11-25 05:29:44.905+00', 1);
INSERT INTO public.integrations OVERRIDING SYSTEM VALUE VALUES ('33cdc3a0-bc2e-4d5e-9311-22cd98b3264e', '92b391c6-8183-4441-a13e-46f4775ad907', '1.0.0', 'parrot', '', true, 'private', 'published', 'unapproved', 'http://127.0.0.1:35434', NULL, NULL, NULL, '{"configuration":{"identifier":{"required":false},"schema":{"type":"object","properties":{},"additionalProperties":false}},"configurations":{},"identifier":{},"channels":{"room":{"messages":{"text":{"schema":{"type":"object","properties":{"text":{"type":"string"}},"required":["text"]}}},"conversation":{"tags":{"id":{}},"creation":{"enabled":false,"requiredTags":[]}},"message":{"tags":{"id":{}}}}},"user":{"tags":{"id":{}},"creation":{"enabled":false,"requiredTags":[]}},"states":{"seen":{"type":"user","schema":{"type":"object","additionalProperties":true}}},"events":{"squawk":{"title":"Squawk","schema":{"type":"object","properties":{"text":{"type":"string"}},"required":["text"]}}},"actions":{},"entities":{},"interfaces":{},"extraOperations":{}}', '{}', NULL, '\xf019abc0fb0a374724dab987df90a3e55721afdd85c607634f79a10c5858a9bc9d5657bd0a69b0521e31de0313adcf746f0f6a1b0a67f8aa4d019d8fe371ef5c1f119605c3ee66444b1965629c2c8bc46d7ac7c221747953b4c1562b5cebaee5', '\xf019abc0affb4516815c4e9122bc7e4d56e21cdc72f22aca05be4beaec9dc2158017', '{}', '2026-11-25 05:29:46.771+00', '2026-11-25 05:29:46.771+00', 2);

INSERT INTO public.messages OVERRIDING SYSTEM VALUE VALUES ('b19f2814-ce01-4838-82eb-d11aef026457', 'msg_01M88JWX6WYT24A94Y2SZ9KWNB', 1, 'conv_01M88JWX6KP2801HFF5G7SD0DR', 'fcf0a1bf-584a-42f0-bebd-4a748cdca1bc', 'user_01M88JWX6DDAA26C38NYCF8PD0', 'text', '{"text":"Hello 0"}', 'incoming', NULL, NULL, '{"id": "m0"}', '{}', '2026-11-25 05:29:46.972+00', '2026-11-25 05:29:46.972+00');
INSERT INTO public.messages OVERRIDING SYSTEM VALUE VALUES ('b19f2814-ce01-4838-82eb-d11aef026457', 'msg_01M88JWX7240PE3DYZM7PQ4JAS', 2, 'conv_01M88JWX6KP2801HFF5G7SD0DR', 'fcf0a1bf-584a-42f0-bebd-4a748cdca1bc', 'b19f2814-ce01-4838-82eb-d11aef026457', 'text', '{"text":"Hi"}', 'outgoing', NULL, NULL, '{}', '{}', '2026-11-25 05:29:46.978+00', '2026-11-25 05:29:46.978+00');
INSERT INTO public.messages OVERRIDING SYSTEM VALUE VALUES ('b19f2814-ce01-4838-82eb-d11aef026457', 'msg_01M88JWX9KWED0CJ8KZM8M6AYW', 3, 'conv_01M88JWX94M99XXGM9JVGTPC57', 'fcf0a1bf-584a-42f0-bebd-4a748cdca1bc', 'user_01M88JWX8Y3CND4P84P8AZPP41', 'text', '{"text":"Hello 1"}', 'incoming', NULL, NULL, '{"id": "m1"}', '{}', '2026-11-25 05:29:47.059+00', '2026-11-25 05:29:47.059+00');
INSERT INTO public.messages OVERRIDING SYSTEM VALUE VALUES ('b19f2814-ce01-4838-82eb-d11aef026457', 'msg_01M88JWX9VV26ZG0V72CKYWH55', 4, 'conv_01M88JWX94M99XXGM9JVGTPC57', 'fcf0a1bf-584a-42f0-bebd-4a748cdca1bc', 'b19f2814-ce01-4838-82eb-d11aef026457', 'text', '{"text":"Hi"}', 'outgoing', NULL, NULL, '{}', '{}', '2026-11-25 05:29:47.067+00', '2026-11-25 05:29:47.067+00');
INSERT INTO public.messages OVERRIDING SYSTEM VALUE VALUES ('b19f2814-ce01-4838-82eb-d11aef026457', 'msg_01M88JWXBDJXP26R5BZF1KK8Z8', 5, 'conv_01M88JWXB1YSC4NP32KJ10PRBK', 'fcf0a1bf-584a-42f0-bebd-4a748cdca1bc', 'user_01M88JWXASXE3MH15V69QYC7PJ', 'text', '{"text":"Hello 2"}', 'incoming', NULL, NULL, '{"id": "m2"}', '{}', '2026-11-25 05:29:47.117+00', '2026-11-25 05:29:47.117+00');
INSERT INTO public.messages OVERRIDING SYSTEM VALUE VALUES ('b19f2814-ce01-4838-82eb-d11aef026457', 'msg_01M88JWXBN8W0R0E4D1QZ4WYP8', 6, 'conv_01M88JWXB1YSC4NP32KJ10PRBK', 'fcf0a1bf-584a-42f0-bebd-4a748cdca1bc', 'b19f2814-ce01-4838-82eb-d11aef026457', 'text', '{"text":"Hi"}', 'outgoing', NULL, NULL, '{}', '{}', '2026-11-25 05:29:47.125+00', '2026-11-25 05:29:47.125+00');
INSERT INTO public.messages OVERRIDING SYSTEM VALUE VALUES ('b19f2814-ce01-4838-82eb-d11aef026457', 'msg_01M88JWXD61BMPXKZFYY3V5SA1', 7, 'conv_01M88JWXCVZVFD9TXS6W4PJSR8', 'fcf0a1bf-584a-42f0-bebd-4a748cdca1bc', 'user_01M88JWXCNRVKF0QFDD1XMZT9P', 'text', '{"text":"Hello 3"}', 'incoming', NULL, NULL, '{"id": "m3"}', '{}', '2026-11-25 05:29:47.174+00', '2026-11-25 05:29:47.174+00');
INSERT INTO public.messages OVERRIDING SYSTEM VALUE VALUES ('b19f2814-ce01-4838-82eb-d11aef026457', 'msg_01M88JWXDAV7G6K49K9P8AVYWC', 8, 'conv_01M88JWXCVZVFD9TXS6W4PJSR8', 'fcf0a1bf-584a-42f0-bebd-4a748cdca1bc', 'b19f2814-ce01-4838-82eb-d11aef026457', 'text', '{"text":"Hi"}', 'outgoing', NULL, NULL, '{}', '{}', '2026-11-25 05:29:47.178+00', '2026-11-25 05:29:47.178+00');
INSERT INTO public.messages OVERRIDING SYSTEM VALUE VALUES ('b19f2814-ce01-4838-82eb-d11aef026457', 'msg_01M88JWYZ3SKA3ES47ESB2T12Q', 9, 'conv_01M88JWYYW5WG5KGR6VTJZXPSE', 'fcf0a1bf-584a-42f0-bebd-4a748cdca1bc', 'user_01M88JWYYSTXC2M7JZ4G5G4PEK', 'text', '{"text":"Hello 4"}', 'incoming', NULL, NULL, '{"id": "m4"}', '{}', '2026-11-25 05:29:48.771+00', '2026-11-25 05:29:48.771+00');
INSERT INTO public.messages OVERRIDING SYSTEM VALUE VALUES ('b19f2814-ce01-4838-82eb-d11aef026457', 'msg_01M88JWYZ6GW4S8BSRG60PCMXE', 10, 'conv_01M88JWYYW5WG5KGR6VTJZXPSE', 'fcf0a1bf-584a-42f0-bebd-4a748cdca1bc', 'b19f2814-ce01-4838-82eb-d11aef026457', 'text', '{"text":"Hi"}', 'outgoing', NULL, NULL, '{}', '{}', '2026-11-25 05:29:48.775+00', '2026-11-25 05:29:48.775+00');

INSERT INTO public.participants OVERRIDING SYSTEM VALUE VALUES ('b19f2814-ce01-4838-82eb-d11aef026457', 'conv_01M88JWX6KP2801HFF5G7SD0DR', 'user_01M88JWX6DDAA26C38NYCF8PD0', 1, '2026-11-25 05:29:46.972+00');
INSERT INTO public.participants OVERRIDING SYSTEM VALUE VALUES ('b19f2814-ce01-4838-82eb-d11aef026457', 'conv_01M88JWX6KP2801HFF5G7SD0DR', 'b19f2814-ce01-4838-82eb-d11aef026457', 2, '2026-11-25 05:29:46.978+00');
INSERT INTO public.participants OVERRIDING SYSTEM VALUE VALUES ('b19f2814-ce01-4838-82eb-d11aef026457', 'conv_01M88JWX94M99XXGM9JVGTPC57', 'user_01M88JWX8Y3CND4P84P8AZPP41', 3, '2026-11-25 05:29:47.059+00');
INSERT INTO public.participants OVERRIDING SYSTEM VALUE VALUES ('b19f2814-ce01-4838-82eb-d11aef026457', 'conv_01M88JWX94M99XXGM9JVGTPC57', 'b19f2814-ce01-4838-82eb-d11aef026457', 4, '2026-11-25 05:29:47.067+00');
INSERT INTO public.participants OVERRIDING SYSTEM VALUE VALUES ('b19f2814-ce01-4838-82eb-d11aef026457', 'conv_01M88JWXB1YSC4NP32KJ10PRBK', 'user_01M88JWXASXE3MH15V69QYC7PJ', 5, '2026-11-25 05:29:47.117+00');
INSERT INTO public.participants OVERRIDING SYSTEM VALUE VALUES ('b19f2814-ce01-4838-82eb-d11aef026457', 'conv_01M88JWXB1YSC4NP32KJ10PRBK', 'b19f2814-ce01-4838-82eb-d11aef026457', 6, '2026-11-25 05:29:47.125+00');
INSERT INTO public.participants OVERRIDING SYSTEM VALUE VALUES ('b19f2814-ce01-4838-82eb-d11aef026457', 'conv_01M88JWXCVZVFD9TXS6W4PJSR8', 'user_01M88JWXCNRVKF0QFDD1XMZT9P', 7, '2026-11-25 05:29:47.174+00');
INSERT INTO public.participants OVERRIDING SYSTEM VALUE VALUES ('b19f2814-ce01-4838-82eb-d11aef026457', 'conv_01M88JWXCVZVFD9TXS6W4PJSR8', 'b19f2814-ce01-4838-82eb-d11aef026457', 8, '2026-11-25 05:29:47.178+00');
INSERT INTO public.participants OVERRIDING SYSTEM VALUE VALUES ('b19f2814-ce01-4838-82eb-d11aef026457', 'conv_01M88JWYYW5WG5KGR6VTJZXPSE', 'user_01M88JWYYSTXC2M7JZ4G5G4PEK', 9, '2026-11-25 05:29:48.771+00');
INSERT INTO public.participants OVERRIDING SYSTEM VALUE VALUES ('b19f2814-ce01-4838-82eb-d11aef026457', 'conv_01M88JWYYW5WG5KGR6VTJZXPSE', 'b19f2814-ce01-4838-82eb-d11aef026457', 10, '2026-11-25 05:29:48.775+00');

INSERT INTO public.server_facts VALUES ('canary', '8BmrwMy1hWrNSacIiqGftT9ficfv9LTGreVHdDufhCpxTw7swmA=');
INSERT INTO public.server_facts VALUES ('first-run', '{"workspaceId":"0b2f3c52-6a0e-4b0f-9d8e-0c1a5a8f1d11","accountId":"39aa5599-4306-43fd-b5d4-7ed4c6343353","botId":"5a7edd07-d5cd-4fd2-8241-f37b668ea8d6","emulatorIntegrationId":"d11c6673-ef88-43be-8bd6-c084fdaf7031"}');

INSERT INTO public.states VALUES ('b19f2814-ce01-4838-82eb-d11aef026457', 'conversation', 'conv_01M88JWX6KP2801HFF5G7SD0DR', 'b19f2814-ce01-4838-82eb-d11aef026457', 'memo', 'state_01M88JWX8H6M71V0DVAVY02RNP', '{"n": 0}', NULL, NULL, '2026-11-25 05:29:47.025+00', '2026-11-25 05:29:47.025+00');
INSERT INTO public.states VALUES ('b19f2814-ce01-4838-82eb-d11aef026457', 'conversation', 'conv_01M88JWX94M99XXGM9JVGTPC57', 'b19f2814-ce01-4838-82eb-d11aef026457', 'memo', 'state_01M88JWXAJ103R5QJCEV322AJF', '{"n": 1}', NULL, NULL, '2026-11-25 05:29:47.09+00', '2026-11-25 05:29:47.09+00');
INSERT INTO public.states VALUES ('b19f2814-ce01-4838-82eb-d11aef026457', 'conversation', 'conv_01M88JWXB1YSC4NP32KJ10PRBK', 'b19f2814-ce01-4838-82eb-d11aef026457', 'memo', 'state_01M88JWXCDS6R7PQBNM0TTAVT8', '{"n": 2}', NULL, NULL, '2026-11-25 05:29:47.149+00', '2026-11-25 05:29:47.149+00');
INSERT INTO public.states VALUES ('b19f2814-ce01-4838-82eb-d11aef026457', 'conversation', 'conv_01M88JWXCVZVFD9TXS6W4PJSR8', 'b19f2814-ce01-4838-82eb-d11aef026457', 'memo', 'state_01M88JWXDVERR6FBE853RQ7R1H', '{"n": 3}', NULL, NULL, '2026-11-25 05:29:47.195+00', '2026-11-25 05:29:47.195+00');
INSERT INTO public.states VALUES ('b19f2814-ce01-4838-82eb-d11aef026457', 'conversation', 'conv_01M88JWYYW5WG5KGR6VTJZXPSE', 'b19f2814-ce01-4838-82eb-d11aef026457', 'memo', 'state_01M88JWYZHYY30NEPE0SQP2SPS', '{"n": 4}', NULL, NULL, '2026-11-25 05:29:48.785+00', '2026-11-25 05:29:48.785+00');

INSERT INTO public.tags VALUES ('b19f2814-ce01-4838-82eb-d11aef026457', 'user', 'user_01M88JWX6DDAA26C38NYCF8PD0', 'fcf0a1bf-584a-42f0-bebd-4a748cdca1bc', 'id', 'ann0', '2026-11-25 05:29:46.957+00', 3);
INSERT INTO public.tags VALUES ('b19f2814-ce01-4838-82eb-d11aef026457', 'conversation', 'conv_01M88JWX6KP2801HFF5G7SD0DR', 'fcf0a1bf-584a-42f0-bebd-4a748cdca1bc', 'id', 'room0', '2026-11-25 05:29:46.963+00', 1);
INSERT INTO public.tags VALUES ('b19f2814-ce01-4838-82eb-d11aef026457', 'conversation', 'conv_01M88JWX6Q2V37ZVHVW0AJZ9XV', 'fcf0a1bf-584a-42f0-bebd-4a748cdca1bc', 'id', 'again0', '2026-11-25 05:29:46.967+00', 2);
INSERT INTO public.tags VALUES ('b19f2814-ce01-4838-82eb-d11aef026457', 'message', 'msg_01M88JWX6WYT24A94Y2SZ9KWNB', 'fcf0a1bf-584a-42f0-bebd-4a748cdca1bc', 'id', 'm0', '2026-11-25 05:29:46.972+00', 1);
INSERT INTO public.tags VALUES ('b19f2814-ce01-4838-82eb-d11aef026457', 'user', 'user_01M88JWX8Y3CND4P84P8AZPP41', 'fcf0a1bf-584a-42f0-bebd-4a748cdca1bc', 'id', 'ann1', '2026-11-25 05:29:47.038+00', 4);
INSERT INTO public.tags VALUES ('b19f2814-ce01-4838-82eb-d11aef026457', 'conversation', 'conv_01M88JWX94M99XXGM9JVGTPC57', 'fcf0a1bf-584a-42f0-bebd-4a748cdca1bc', 'id', 'room1', '2026-11-25 05:29:47.044+00', 3);
INSERT INTO public.tags VALUES ('b19f2814-ce01-4838-82eb-d11aef026457', 'conversation', 'conv_01M88JWX9BVTMAJF0GWJWDVBHC', 'fcf0a1bf-584a-42f0-bebd-4a748cdca1bc', 'id', 'again1', '2026-11-25 05:29:47.051+00', 4);
INSERT INTO public.tags VALUES ('b19f2814-ce01-4838-82eb-d11aef026457', 'message', 'msg_01M88JWX9KWED0CJ8KZM8M6AYW', 'fcf0a1bf-584a-42f0-bebd-4a748cdca1bc', 'id', 'm1', '2026-11-25 05:29:47.059+00', 3);
INSERT INTO public.tags VALUES ('b19f2814-ce01-4838-82eb-d11aef026457', 'user', 'user_01M88JWXASXE3MH15V69QYC7PJ', 'fcf0a1bf-584a-42f0-bebd-4a748cdca1bc', 'id', 'ann2', '2026-11-25 05:29:47.097+00', 5);
INSERT INTO public.tags VALUES ('b19f2814-ce01-4838-82eb-d11aef026457', 'conversation', 'conv_01M88JWXB1YSC4NP32KJ10PRBK', 'fcf0a1bf-584a-42f0-bebd-4a748cdca1bc', 'id', 'room2', '2026-11-25 05:29:47.105+00', 5);
INSERT INTO public.tags VALUES ('b19f2814-ce01-4838-82eb-d11aef026457', 'conversation', 'conv_01M88JWXB8KRVEPPM6313TMZ5J', 'fcf0a1bf-584a-42f0-bebd-4a748cdca1bc', 'id', 'again2', '2026-11-25 05:29:47.112+00', 6);
INSERT INTO public.tags VALUES ('b19f2814-ce01-4838-82eb-d11aef026457', 'message', 'msg_01M88JWXBDJXP26R5BZF1KK8Z8', 'fcf0a1bf-584a-42f0-bebd-4a748cdca1bc', 'id', 'm2', '2026-11-25 05:29:47.117+00', 5);
INSERT INTO public.tags VALUES ('b19f2814-ce01-4838-82eb-d11aef026457', 'user', 'user_01M88JWXCNRVKF0QFDD1XMZT9P', 'fcf0a1bf-584a-42f0-bebd-4a748cdca1bc', 'id', 'ann3', '2026-11-25 05:29:47.157+00', 6);
INSERT INTO public.tags VALUES ('b19f2814-ce01-4838-82eb-d11aef026457', 'conversation', 'conv_01M88JWXCVZVFD9TXS6W4PJSR8', 'fcf0a1bf-584a-42f0-bebd-4a748cdca1bc', 'id', 'room3', '2026-11-25 05:29:47.163+00', 7);
INSERT INTO public.tags VALUES ('b19f2814-ce01-4838-82eb-d11aef026457', 'conversation', 'conv_01M88JWXD134FHCQHDSB04EAKN', 'fcf0a1bf-584a-42f0-bebd-4a748cdca1bc', 'id', 'again3', '2026-11-25 05:29:47.169+00', 8);
INSERT INTO public.tags VALUES ('b19f2814-ce01-4838-82eb-d11aef026457', 'message', 'msg_01M88JWXD61BMPXKZFYY3V5SA1', 'fcf0a1bf-584a-42f0-bebd-4a748cdca1bc', 'id', 'm3', '2026-11-25 05:29:47.174+00', 7);
INSERT INTO public.tags VALUES ('b19f2814-ce01-4838-82eb-d11aef026457', 'user', 'user_01M88JWYYSTXC2M7JZ4G5G4PEK', 'fcf0a1bf-584a-42f0-bebd-4a748cdca1bc', 'id', 'ann4', '2026-11-25 05:29:48.761+00', 7);
INSERT INTO public.tags VALUES ('b19f2814-ce01-4838-82eb-d11aef026457', 'conversation', 'conv_01M88JWYYW5WG5KGR6VTJZXPSE', 'fcf0a1bf-584a-42f0-bebd-4a748cdca1bc', 'id', 'room4', '2026-11-25 05:29:48.764+00', 9);
INSERT INTO public.tags VALUES ('b19f2814-ce01-4838-82eb-d11aef026457', 'conversation', 'conv_01M88JWYYY0E1C2RX79P2SN6NF', 'fcf0a1bf-584a-42f0-bebd-4a748cdca1bc', 'id', 'again4', '2026-11-25 05:29:48.766+00', 10);
INSERT INTO public.tags VALUES ('b19f2814-ce01-4838-82eb-d11aef026457', 'message', 'msg_01M88JWYZ3SKA3ES47ESB2T12Q', 'fcf0a1bf-584a-42f0-bebd-4a748cdca1bc', 'id', 'm4', '2026-11-25 05:29:48.771+00', 9);

INSERT INTO public.tokens VALUES ('pat_01M88JWV34TQRX3M8PXEMYCYF5', '\x05d6ae9345463d6976a9b1d6cc3afe3da69ba2540f9423dcf2eeec97aa66b191', 'Made at the first start', '39aa5599-4306-43fd-b5d4-7ed4c6343353', NULL, NULL, '2026-11-25 05:29:44.736+00');

INSERT INTO public.users OVERRIDING SYSTEM VALUE VALUES ('5a7edd07-d5cd-4fd2-8241-f37b668ea8d6', '5a7edd07-d5cd-4fd2-8241-f37b668ea8d6', 1, NULL, 'demo', NULL, '{}', '{}', '{}', '{}', '2026-11-25 05:29:44.941+00', '2026-11-25 05:29:44.941+00');
INSERT INTO public.users OVERRIDING SYSTEM VALUE VALUES ('b19f2814-ce01-4838-82eb-d11aef026457', 'b19f2814-ce01-4838-82eb-d11aef026457', 2, NULL, 'kept', NULL, '{}', '{}', '{}', '{}', '2026-11-25 05:29:46.823+00', '2026-11-25 05:29:46.823+00');
INSERT INTO public.users OVERRIDING SYSTEM VALUE VALUES ('b19f2814-ce01-4838-82eb-d11aef026457', 'user_01M88JWX6DDAA26C38NYCF8PD0', 3, 'fcf0a1bf-584a-42f0-bebd-4a748cdca1bc', 'Ann', NULL, '{"id": "ann0"}', '{}', '{}', '{}', '2026-11-25 05:29:46.957+00', '2026-11-25 05:29:46.957+00');
INSERT INTO public.users OVERRIDING SYSTEM VALUE VALUES ('b19f2814-ce01-4838-82eb-d11aef026457', 'user_01M88JWX8Y3CND4P84P8AZPP41', 4, 'fcf0a1bf-584a-42f0-bebd-4a748cdca1bc', 'Ann', NULL, '{"id": "ann1"}', '{}', '{}', '{}', '2026-11-25 05:29:47.038+00', '2026-11-25 05:29:47.038+00');
INSERT INTO public.users OVERRIDING SYSTEM VALUE VALUES ('b19f2814-ce01-4838-82eb-d11aef026457', 'user_01M88JWXASXE3MH15V69QYC7PJ', 5, 'fcf0a1bf-584a-42f0-bebd-4a748cdca1bc', 'Ann', NULL, '{"id": "ann2"}', '{}', '{}', '{}', '2026-11-25 05:29:47.097+00', '2026-11-25 05:29:47.097+00');
INSERT INTO public.users OVERRIDING SYSTEM VALUE VALUES ('b19f2814-ce01-4838-82eb-d11aef026457', 'user_01M88JWXCNRVKF0QFDD1XMZT9P', 6, 'fcf0a1bf-584a-42f0-bebd-4a748cdca1bc', 'Ann', NULL, '{"id": "ann3"}', '{}', '{}', '{}', '2026-11-25 05:29:47.157+00', '2026-11-25 05:29:47.157+00');
INSERT INTO public.users OVERRIDING SYSTEM VALUE VALUES ('b19f2814-ce01-4838-82eb-d11aef026457', 'user_01M88JWYYSTXC2M7JZ4G5G4PEK', 7, 'fcf0a1bf-584a-42f0-bebd-4a748cdca1bc', 'Ann', NULL, '{"id": "ann4"}', '{}', '{}', '{}', '2026-11-25 05:29:48.761+00', '2026-11-25 05:29:48.761+00');

INSERT INTO public.workspace_members VALUES ('b6bfa7a0-f887-4bb0-887c-ec69db2dfebd', '0b2f3c52-6a0e-4b0f-9d8e-0c1a5a8f1d11', '39aa5599-4306-43fd-b5d4-7ed4c6343353', 'owner', '2026-11-25 05:29:44.736+00');

INSERT INTO public.workspaces VALUES ('0b2f3c52-6a0e-4b0f-9d8e-0c1a5a8f1d11', 'Understudy', '39aa5599-4306-43fd-b5d4-7ed4c6343353', 'understudy', '', NULL, NULL, NULL, NULL, false, 'premium', 'enterprise', false, false, 0, '2026-11-25 05:29:44.736+00', '2026-11-25 05:29:44.736+00');

SELECT pg_catalog.setval('public.audit_records_seq_seq', 4, true);

SELECT pg_catalog.setval('public.bots_seq_seq', 2, true);

SELECT pg_catalog.setval('public.conversations_seq_seq', 10, true);

SELECT pg_catalog.setval('public.deliveries_seq_seq', 15, true);

SELECT pg_catalog.setval('public.events_seq_seq', 10, true);

SELECT pg_catalog.setval('public.integrations_seq_seq', 2, true);

SELECT pg_catalog.setval('public.messages_seq_seq', 10, true);

SELECT pg_catalog.setval('public.participants_seq_seq', 10, true);

SELECT pg_catalog.setval('public.storage_files_seq_seq', 1, false);

SELECT pg_catalog.setval('public.users_seq_seq', 7, true);

ALTER TABLE ONLY public._prisma_migrations
    ADD CONSTRAINT _prisma_migrations_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.account_preferences
    ADD CONSTRAINT account_preferences_pkey PRIMARY KEY (account_id, key);

ALTER TABLE ONLY public.accounts
    ADD CONSTRAINT accounts_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.analytics_counts
    ADD CONSTRAINT analytics_counts_pkey PRIMARY KEY (bot_id, day, name);

ALTER TABLE ONLY public.api_clients
    ADD CONSTRAINT api_clients_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.audit_records
    ADD CONSTRAINT audit_records_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.bot_allowlist_entries
    ADD CONSTRAINT bot_allowlist_entries_pkey PRIMARY KEY (bot_id, member_id);

ALTER TABLE ONLY public.bots
    ADD CONSTRAINT bots_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.clock_followers
    ADD CONSTRAINT clock_followers_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.conversations
    ADD CONSTRAINT conversations_pkey PRIMARY KEY (bot_id, id);

ALTER TABLE ONLY public.deliveries
    ADD CONSTRAINT deliveries_pkey PRIMARY KEY (bot_id, id);

ALTER TABLE ONLY public.delivery_attempts
    ADD CONSTRAINT delivery_attempts_pkey PRIMARY KEY (bot_id, delivery_id, number);

ALTER TABLE ONLY public.events
    ADD CONSTRAINT events_pkey PRIMARY KEY (bot_id, id);

ALTER TABLE ONLY public.idempotency_keys
    ADD CONSTRAINT idempotency_keys_pkey PRIMARY KEY (tenant_id, caller, key);

ALTER TABLE ONLY public.installation_versions
    ADD CONSTRAINT installation_versions_pkey PRIMARY KEY (installation_id, integration_id);

ALTER TABLE ONLY public.installations
    ADD CONSTRAINT installations_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.integration_families
    ADD CONSTRAINT integration_families_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.integrations
    ADD CONSTRAINT integrations_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.messages
    ADD CONSTRAINT messages_pkey PRIMARY KEY (bot_id, id);

ALTER TABLE ONLY public.participants
    ADD CONSTRAINT participants_pkey PRIMARY KEY (bot_id, conversation_id, user_id);

ALTER TABLE ONLY public.server_facts
    ADD CONSTRAINT server_facts_pkey PRIMARY KEY (name);

ALTER TABLE ONLY public.signing_keys
    ADD CONSTRAINT signing_keys_pkey PRIMARY KEY (kid);

ALTER TABLE ONLY public.states
    ADD CONSTRAINT states_pkey PRIMARY KEY (bot_id, type, owner_id, scope, name);

ALTER TABLE ONLY public.storage_files
    ADD CONSTRAINT storage_files_pkey PRIMARY KEY (bot_id, id);

ALTER TABLE ONLY public.tags
    ADD CONSTRAINT tags_pkey PRIMARY KEY (bot_id, kind, owner_id, scope, key);

ALTER TABLE ONLY public.tokens
    ADD CONSTRAINT tokens_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.users
    ADD CONSTRAINT users_pkey PRIMARY KEY (bot_id, id);

ALTER TABLE ONLY public.workspace_members
    ADD CONSTRAINT workspace_members_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.workspace_preferences
    ADD CONSTRAINT workspace_preferences_pkey PRIMARY KEY (workspace_id, key);

ALTER TABLE ONLY public.workspaces
    ADD CONSTRAINT workspaces_pkey PRIMARY KEY (id);

CREATE UNIQUE INDEX accounts_email_key ON public.accounts USING btree (email);

CREATE INDEX api_clients_account_id_idx ON public.api_clients USING btree (account_id);

CREATE INDEX api_clients_bot_id_idx ON public.api_clients USING btree (bot_id);

CREATE INDEX api_clients_installation_id_idx ON public.api_clients USING btree (installation_id);

CREATE UNIQUE INDEX audit_records_seq_key ON public.audit_records USING btree (seq);

CREATE INDEX audit_records_workspace_id_recorded_at_seq_idx ON public.audit_records USING btree (workspace_id, recorded_at DESC, seq DESC);

CREATE INDEX bot_allowlist_entries_member_id_idx ON public.bot_allowlist_entries USING btree (member_id);

CREATE UNIQUE INDEX bots_seq_key ON public.bots USING btree (seq);

CREATE INDEX bots_workspace_id_created_at_seq_idx ON public.bots USING btree (workspace_id, created_at DESC, seq DESC);

CREATE INDEX bots_workspace_id_updated_at_seq_idx ON public.bots USING btree (workspace_id, updated_at DESC, seq DESC);

CREATE INDEX conversations_by_bot_tags ON public.conversations USING btree (bot_id, hashtextextended((bot_tags)::text, (0)::bigint)) WHERE (bot_tags <> '{}'::jsonb);

CREATE INDEX conversations_by_integration_tags ON public.conversations USING btree (bot_id, hashtextextended((integration_tags)::text, (0)::bigint)) WHERE (integration_tags <> '{}'::jsonb);

CREATE INDEX conversations_newest ON public.conversations USING btree (bot_id, created_at DESC, seq DESC);

CREATE INDEX conversations_of_installation ON public.conversations USING btree (bot_id, installation_id, created_at DESC, seq DESC);

CREATE INDEX conversations_touched ON public.conversations USING btree (bot_id, updated_at DESC, seq DESC);

CREATE INDEX deliveries_failed ON public.deliveries USING btree (bot_id, created_at DESC, seq DESC) WHERE (status = 'failed'::text);

CREATE INDEX deliveries_newest ON public.deliveries USING btree (bot_id, created_at DESC, seq DESC);

CREATE INDEX deliveries_of_conversation ON public.deliveries USING btree (bot_id, conversation_id, created_at DESC, seq DESC) WHERE (conversation_id IS NOT NULL);

CREATE INDEX deliveries_queued ON public.deliveries USING btree (bot_id, seq) WHERE (status = 'queued'::text);

CREATE INDEX deliveries_waiting ON public.deliveries USING btree (due_at, seq) WHERE (status = 'waiting'::text);

CREATE INDEX events_newest ON public.events USING btree (bot_id, created_at DESC, seq DESC);

CREATE INDEX events_of_conversation ON public.events USING btree (bot_id, conversation_id, created_at DESC, seq DESC) WHERE (conversation_id IS NOT NULL);

CREATE INDEX events_of_message ON public.events USING btree (bot_id, message_id) WHERE (message_id IS NOT NULL);

CREATE INDEX idempotency_keys_expires_at_idx ON public.idempotency_keys USING btree (expires_at);

CREATE UNIQUE INDEX installations_bot_id_alias_key ON public.installations USING btree (bot_id, alias);

CREATE INDEX installations_family_id_idx ON public.installations USING btree (family_id);

CREATE INDEX installations_integration_id_idx ON public.installations USING btree (integration_id);

CREATE UNIQUE INDEX installations_webhook_id_key ON public.installations USING btree (webhook_id);

CREATE INDEX integration_families_name_idx ON public.integration_families USING btree (name);

CREATE UNIQUE INDEX integration_families_workspace_id_name_key ON public.integration_families USING btree (workspace_id, name);

CREATE INDEX integrations_family_id_created_at_idx ON public.integrations USING btree (family_id, created_at DESC);

CREATE UNIQUE INDEX integrations_published_version ON public.integrations USING btree (family_id, version) WHERE (NOT dev);

CREATE UNIQUE INDEX integrations_seq_key ON public.integrations USING btree (seq);

CREATE INDEX messages_by_bot_tags ON public.messages USING btree (bot_id, conversation_id, hashtextextended((bot_tags)::text, (0)::bigint)) WHERE (bot_tags <> '{}'::jsonb);

CREATE INDEX messages_by_integration_tags ON public.messages USING btree (bot_id, conversation_id, hashtextextended((integration_tags)::text, (0)::bigint)) WHERE (integration_tags <> '{}'::jsonb);

CREATE INDEX messages_in_order ON public.messages USING btree (bot_id, conversation_id, seq);

CREATE INDEX messages_newest ON public.messages USING btree (bot_id, created_at DESC, seq DESC);

CREATE INDEX messages_of_conversation ON public.messages USING btree (bot_id, conversation_id, created_at DESC, seq DESC);

CREATE INDEX messages_scheduled ON public.messages USING btree (bot_id, conversation_id, scheduled_at, seq) WHERE (scheduled_at IS NOT NULL);

CREATE INDEX participants_by_user ON public.participants USING btree (bot_id, user_id, conversation_id);

CREATE INDEX participants_newest ON public.participants USING btree (bot_id, conversation_id, created_at DESC, seq DESC);

CREATE UNIQUE INDEX signing_keys_current ON public.signing_keys USING btree ((true)) WHERE (retired_at IS NULL);

CREATE INDEX states_expiring ON public.states USING btree (expires_at) WHERE (expires_at IS NOT NULL);

CREATE UNIQUE INDEX storage_files_by_id ON public.storage_files USING btree (id);

CREATE INDEX storage_files_newest ON public.storage_files USING btree (bot_id, created_at DESC, seq DESC);

CREATE INDEX tags_newest ON public.tags USING btree (bot_id, kind, scope, key, value, created_at DESC, seq DESC);

CREATE INDEX tokens_account_id_idx ON public.tokens USING btree (account_id);

CREATE INDEX tokens_bot_id_idx ON public.tokens USING btree (bot_id);

CREATE UNIQUE INDEX tokens_hash_key ON public.tokens USING btree (hash);

CREATE INDEX tokens_integration_family_id_idx ON public.tokens USING btree (integration_family_id);

CREATE INDEX users_by_bot_tags ON public.users USING btree (bot_id, hashtextextended((bot_tags)::text, (0)::bigint)) WHERE (bot_tags <> '{}'::jsonb);

CREATE INDEX users_by_integration_tags ON public.users USING btree (bot_id, hashtextextended((integration_tags)::text, (0)::bigint)) WHERE (integration_tags <> '{}'::jsonb);

CREATE INDEX users_newest ON public.users USING btree (bot_id, created_at DESC, seq DESC);

CREATE INDEX users_of_installation ON public.users USING btree (bot_id, installation_id, created_at DESC, seq DESC);

CREATE INDEX users_touched ON public.users USING btree (bot_id, updated_at DESC, seq DESC);

CREATE INDEX workspace_members_account_id_idx ON public.workspace_members USING btree (account_id);

CREATE UNIQUE INDEX workspace_members_workspace_id_account_id_key ON public.workspace_members USING btree (workspace_id, account_id);

CREATE INDEX workspace_members_workspace_id_created_at_id_idx ON public.workspace_members USING btree (workspace_id, created_at DESC, id DESC);

CREATE UNIQUE INDEX workspaces_handle_key ON public.workspaces USING btree (handle);

CREATE INDEX workspaces_is_public_created_at_id_idx ON public.workspaces USING btree (is_public, created_at DESC, id DESC);

CREATE INDEX workspaces_owner_id_idx ON public.workspaces USING btree (owner_id);

CREATE TRIGGER api_clients_changed AFTER DELETE OR UPDATE ON public.api_clients FOR EACH STATEMENT EXECUTE FUNCTION public.announce_change();

CREATE TRIGGER bot_allowlist_entries_changed AFTER INSERT OR DELETE OR UPDATE ON public.bot_allowlist_entries FOR EACH STATEMENT EXECUTE FUNCTION public.announce_change();

CREATE TRIGGER bots_changed AFTER DELETE OR UPDATE ON public.bots FOR EACH STATEMENT EXECUTE FUNCTION public.announce_change();

CREATE TRIGGER conversations_retagged AFTER UPDATE OF integration_tags, bot_tags ON public.conversations FOR EACH ROW WHEN (((old.integration_tags IS DISTINCT FROM new.integration_tags) OR (old.bot_tags IS DISTINCT FROM new.bot_tags))) EXECUTE FUNCTION public.tags_follow('conversation');

CREATE TRIGGER conversations_tagged AFTER INSERT ON public.conversations FOR EACH ROW WHEN (((new.integration_tags <> '{}'::jsonb) OR (new.bot_tags <> '{}'::jsonb))) EXECUTE FUNCTION public.tags_follow('conversation');

CREATE TRIGGER conversations_untagged AFTER DELETE ON public.conversations FOR EACH ROW WHEN (((old.integration_tags <> '{}'::jsonb) OR (old.bot_tags <> '{}'::jsonb))) EXECUTE FUNCTION public.tags_follow('conversation');

CREATE TRIGGER installations_changed AFTER INSERT OR DELETE OR UPDATE ON public.installations FOR EACH STATEMENT EXECUTE FUNCTION public.announce_change();

CREATE TRIGGER integrations_changed AFTER DELETE OR UPDATE ON public.integrations FOR EACH STATEMENT EXECUTE FUNCTION public.announce_change();

CREATE TRIGGER members_changed AFTER INSERT OR DELETE OR UPDATE ON public.workspace_members FOR EACH STATEMENT EXECUTE FUNCTION public.announce_change();

CREATE TRIGGER messages_retagged AFTER UPDATE OF integration_tags, bot_tags ON public.messages FOR EACH ROW WHEN (((old.integration_tags IS DISTINCT FROM new.integration_tags) OR (old.bot_tags IS DISTINCT FROM new.bot_tags))) EXECUTE FUNCTION public.tags_follow('message');

CREATE TRIGGER messages_tagged AFTER INSERT ON public.messages FOR EACH ROW WHEN (((new.integration_tags <> '{}'::jsonb) OR (new.bot_tags <> '{}'::jsonb))) EXECUTE FUNCTION public.tags_follow('message');

CREATE TRIGGER messages_untagged AFTER DELETE ON public.messages FOR EACH ROW WHEN (((old.integration_tags <> '{}'::jsonb) OR (old.bot_tags <> '{}'::jsonb))) EXECUTE FUNCTION public.tags_follow('message');

CREATE TRIGGER tokens_changed AFTER DELETE OR UPDATE ON public.tokens FOR EACH STATEMENT EXECUTE FUNCTION public.announce_change();

CREATE TRIGGER users_retagged AFTER UPDATE OF integration_tags, bot_tags ON public.users FOR EACH ROW WHEN (((old.integration_tags IS DISTINCT FROM new.integration_tags) OR (old.bot_tags IS DISTINCT FROM new.bot_tags))) EXECUTE FUNCTION public.tags_follow('user');

CREATE TRIGGER users_tagged AFTER INSERT ON public.users FOR EACH ROW WHEN (((new.integration_tags <> '{}'::jsonb) OR (new.bot_tags <> '{}'::jsonb))) EXECUTE FUNCTION public.tags_follow('user');

CREATE TRIGGER users_untagged AFTER DELETE ON public.users FOR EACH ROW WHEN (((old.integration_tags <> '{}'::jsonb) OR (old.bot_tags <> '{}'::jsonb))) EXECUTE FUNCTION public.tags_follow('user');

CREATE TRIGGER workspaces_changed AFTER DELETE OR UPDATE ON public.workspaces FOR EACH STATEMENT EXECUTE FUNCTION public.announce_change();

ALTER TABLE ONLY public.account_preferences
    ADD CONSTRAINT account_preferences_account_id_fkey FOREIGN KEY (account_id) REFERENCES public.accounts(id) ON UPDATE CASCADE ON DELETE CASCADE;

ALTER TABLE ONLY public.api_clients
    ADD CONSTRAINT api_clients_account_id_fkey FOREIGN KEY (account_id) REFERENCES public.accounts(id) ON UPDATE CASCADE ON DELETE CASCADE;

ALTER TABLE ONLY public.api_clients
    ADD CONSTRAINT api_clients_bot_id_fkey FOREIGN KEY (bot_id) REFERENCES public.bots(id) ON UPDATE CASCADE ON DELETE CASCADE;

ALTER TABLE ONLY public.api_clients
    ADD CONSTRAINT api_clients_installation_id_fkey FOREIGN KEY (installation_id) REFERENCES public.installations(id) ON UPDATE CASCADE ON DELETE CASCADE;

ALTER TABLE ONLY public.bot_allowlist_entries
    ADD CONSTRAINT bot_allowlist_entries_bot_id_fkey FOREIGN KEY (bot_id) REFERENCES public.bots(id) ON UPDATE CASCADE ON DELETE CASCADE;

ALTER TABLE ONLY public.bot_allowlist_entries
    ADD CONSTRAINT bot_allowlist_entries_member_id_fkey FOREIGN KEY (member_id) REFERENCES public.workspace_members(id) ON UPDATE CASCADE ON DELETE CASCADE;

ALTER TABLE ONLY public.bots
    ADD CONSTRAINT bots_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES public.workspaces(id) ON UPDATE CASCADE ON DELETE CASCADE;

ALTER TABLE ONLY public.installation_versions
    ADD CONSTRAINT installation_versions_installation_id_fkey FOREIGN KEY (installation_id) REFERENCES public.installations(id) ON UPDATE CASCADE ON DELETE CASCADE;

ALTER TABLE ONLY public.installations
    ADD CONSTRAINT installations_bot_id_fkey FOREIGN KEY (bot_id) REFERENCES public.bots(id) ON UPDATE CASCADE ON DELETE CASCADE;

ALTER TABLE ONLY public.installations
    ADD CONSTRAINT installations_family_id_fkey FOREIGN KEY (family_id) REFERENCES public.integration_families(id) ON UPDATE CASCADE ON DELETE RESTRICT;

ALTER TABLE ONLY public.installations
    ADD CONSTRAINT installations_integration_id_fkey FOREIGN KEY (integration_id) REFERENCES public.integrations(id) ON UPDATE CASCADE ON DELETE SET NULL;

ALTER TABLE ONLY public.integration_families
    ADD CONSTRAINT integration_families_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES public.workspaces(id) ON UPDATE CASCADE ON DELETE CASCADE;

ALTER TABLE ONLY public.integrations
    ADD CONSTRAINT integrations_family_id_fkey FOREIGN KEY (family_id) REFERENCES public.integration_families(id) ON UPDATE CASCADE ON DELETE CASCADE;

ALTER TABLE ONLY public.tokens
    ADD CONSTRAINT tokens_account_id_fkey FOREIGN KEY (account_id) REFERENCES public.accounts(id) ON UPDATE CASCADE ON DELETE CASCADE;

ALTER TABLE ONLY public.tokens
    ADD CONSTRAINT tokens_bot_id_fkey FOREIGN KEY (bot_id) REFERENCES public.bots(id) ON UPDATE CASCADE ON DELETE CASCADE;

ALTER TABLE ONLY public.tokens
    ADD CONSTRAINT tokens_integration_family_id_fkey FOREIGN KEY (integration_family_id) REFERENCES public.integration_families(id) ON UPDATE CASCADE ON DELETE CASCADE;

ALTER TABLE ONLY public.workspace_members
    ADD CONSTRAINT workspace_members_account_id_fkey FOREIGN KEY (account_id) REFERENCES public.accounts(id) ON UPDATE CASCADE ON DELETE CASCADE;

ALTER TABLE ONLY public.workspace_members
    ADD CONSTRAINT workspace_members_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES public.workspaces(id) ON UPDATE CASCADE ON DELETE CASCADE;

ALTER TABLE ONLY public.workspace_preferences
    ADD CONSTRAINT workspace_preferences_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES public.workspaces(id) ON UPDATE CASCADE ON DELETE CASCADE;

ALTER TABLE ONLY public.workspaces
    ADD CONSTRAINT workspaces_owner_id_fkey FOREIGN KEY (owner_id) REFERENCES public.accounts(id) ON UPDATE CASCADE ON DELETE RESTRICT;

