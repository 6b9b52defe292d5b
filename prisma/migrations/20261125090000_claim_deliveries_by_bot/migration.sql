-- claim_deliveries: as before, and now for bots that the caller names, since most of the others have nothing that could be
-- taken, and looking at a line costs as much as it is long. A bot has at most p_per_bot in flight, and only so much of a line
-- is looked at as could be in flight before it. Of one conversation only what follows on what is under way is taken: first
-- attempts go out in order. One claim at a time and bot; a function, because the look at the line has to be newer than that
-- lock.
-- A row without an id says that there is more in the line of a bot: looking again is worth it once something of it moved.
drop function claim_deliveries(uuid, int, int, int, timestamptz, timestamptz);
create function claim_deliveries(p_bots uuid[], p_limit int, p_per_bot int, p_wall timestamptz, p_lease_until timestamptz)
returns table (bot_id uuid, id text, seq bigint, lane text) language plpgsql volatile as $$
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
