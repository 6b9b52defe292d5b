-- User, conversation and message of an incoming message in one transaction. p_user and p_conversation name what is known
-- ({"known": id}) or describe what is to be got or created; p_message describes a message to be got or created, or is null.
-- `match` is what a get-or-create looks for; no tags in it match nothing.
--
-- Answers one row: the three, or in `refusal` what stands in the way, as create_message does, and then nothing was made.
--
-- Nobody deadlocks: everybody takes the locks of users before those of conversations, then those of messages, and a
-- conversation's row last.
create function initialize_incoming_message(p_bot uuid, p_caller uuid, p_user jsonb, p_conversation jsonb, p_message json, p_now timestamptz)
returns table (refusal text, person users, home conversations, said messages) language plpgsql volatile as $$
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

-- Writes messages of the past, or finds them by their tags: all or none, each counted, their authors take part, nobody is
-- woken. p_messages is a list of descriptions. Answers the messages in the order of the list, or one row with the place in
-- it (from 1) of the one that is refused.
--
-- The bot's row keeps out a deletion of the bot; then come the locks of get-or-create and the rows of the conversations,
-- each in order: two imports of the same messages wait for each other rather than in a circle.
create function import_messages(p_bot uuid, p_caller uuid, p_messages json, p_now timestamptz)
returns table (place int, refusal text, message messages) language plpgsql volatile as $$
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
