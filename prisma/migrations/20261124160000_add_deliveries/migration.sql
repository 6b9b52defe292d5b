-- CreateTable
CREATE TABLE "deliveries" (
    "bot_id" UUID NOT NULL,
    "id" TEXT COLLATE "C" NOT NULL,
    "seq" BIGSERIAL NOT NULL,
    "target" TEXT NOT NULL,
    "installation_id" UUID,
    "conversation_id" TEXT COLLATE "C",
    "status" TEXT NOT NULL,
    "due_at" TIMESTAMPTZ(3) NOT NULL,
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "failures" INTEGER NOT NULL DEFAULT 0,
    "failure_reason" TEXT,
    "runner" UUID,
    "lease_until" TIMESTAMPTZ(3),
    "under_way" BOOLEAN NOT NULL DEFAULT false,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "deliveries_pkey" PRIMARY KEY ("bot_id","id")
);

-- CreateTable
CREATE TABLE "delivery_attempts" (
    "bot_id" UUID NOT NULL,
    "delivery_id" TEXT COLLATE "C" NOT NULL,
    "number" INTEGER NOT NULL,
    "outcome" TEXT NOT NULL,
    "reason" TEXT,
    "http_status" INTEGER,
    "duration_ms" INTEGER NOT NULL,
    "request" JSON NOT NULL,
    "response" JSON,
    "started_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "delivery_attempts_pkey" PRIMARY KEY ("bot_id","delivery_id","number")
);

-- CreateIndex
CREATE INDEX "deliveries_newest" ON "deliveries"("bot_id", "created_at" DESC, "seq" DESC);

-- Parts of the schema that Prisma's language has no words for follow: partial indexes, functions.

create index deliveries_of_conversation on deliveries (bot_id, conversation_id, created_at desc, seq desc) where conversation_id is not null;
create index deliveries_failed on deliveries (bot_id, created_at desc, seq desc) where status = 'failed';
-- The line of each bot, and what is not in it yet. No index knows the lease: taking and renewing one stays in place (HOT).
create index deliveries_queued on deliveries (bot_id, seq) where status = 'queued';
create index deliveries_waiting on deliveries (due_at, seq) where status = 'waiting';
alter table deliveries set (fillfactor = 70, autovacuum_vacuum_scale_factor = 0.02);

-- What was left before there were deliveries is delivered as well.
insert into deliveries (bot_id, id, target, installation_id, conversation_id, status, due_at, created_at, updated_at)
select e.bot_id, e.id, 'bot', e.installation_id, e.conversation_id, case e.status when 'pending' then 'queued' else 'waiting' end,
  coalesce(e.scheduled_at, e.created_at), e.created_at, e.updated_at
from events e where e.status in ('pending', 'scheduled') order by e.seq;

-- create_message, as before and now with what is owed: an incoming message to the bot, as an event, an outgoing one to the
-- integration.
create or replace function create_message(
  p_bot uuid, p_caller uuid, p_conversation text, p_user text, p_id text, p_type text, p_payload json,
  p_tags_scope uuid, p_tags jsonb, p_declared jsonb, p_bot_tags jsonb, p_origin text, p_event_id text, p_scheduled_at timestamptz, p_now timestamptz)
returns table (refusal text, message messages) language plpgsql volatile as $$
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

-- What is owed to a bot when one of its states expired: the event, with the last state in it.
create or replace function owe_state_expired(s states, p_event_id text, p_now timestamptz) returns void language sql volatile as $$
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

-- claim_deliveries: the first of the lines of up to p_bots bots, in the order of the bots after p_after. A bot has at most
-- p_per_bot in flight, and only so much of a line is looked at as could be in flight before it, so a long line costs no
-- more than a short one. Of one conversation only what follows on what is under way is taken: first attempts go out in
-- order. One claim at a time and bot; a function, because the look at the line has to be newer than that lock.
-- A row without an id says after which bot to go on; where there is none, the round is complete.
create function claim_deliveries(p_after uuid, p_bots int, p_limit int, p_per_bot int, p_wall timestamptz, p_lease_until timestamptz)
returns table (bot_id uuid, id text, seq bigint, lane text) language plpgsql volatile as $$
declare
  bot uuid := p_after;
  taken int := 0;
  now_taken int;
begin
  for visit in 1..p_bots loop
    select d.bot_id into bot from deliveries d where d.status = 'queued' and d.bot_id > bot order by d.bot_id limit 1;
    if not found then return; end if;
    continue when not pg_try_advisory_xact_lock(hashtextextended('claim/' || bot, 0));
    return query
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
        limit greatest(0, least(p_limit - taken, p_per_bot - (select count(*) from line l where l.leased))))
      update deliveries d set lease_until = p_lease_until, runner = null
      from next n where d.bot_id = bot and d.id = n.id and d.status = 'queued'
      returning d.bot_id, d.id, d.seq, case when d.failures = 0 then d.target || coalesce(d.conversation_id, d.id) else d.id end;
    get diagnostics now_taken = row_count;
    taken := taken + now_taken;
    exit when taken >= p_limit;
  end loop;
  return query select bot, null::text, null::bigint, null::text;
end $$;
