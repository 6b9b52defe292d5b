-- claim_deliveries: as before, but most looks end at the head of a line, so that they cost no more where it is long. Only where
-- that gives a bot less to do than it has room for, because it waits for few conversations, is more of the line looked at.
create or replace function claim_deliveries(p_bots uuid[], p_limit int, p_per_bot int, p_wall timestamptz, p_lease_until timestamptz)
returns table (bot_id uuid, id text, seq bigint, lane text) language plpgsql volatile as $$
declare
  bot uuid;
  reach int;
  taken int := 0;
  has_more boolean;
  has_room boolean;
  row record;
begin
  foreach bot in array p_bots loop
    if taken >= p_limit or not pg_try_advisory_xact_lock(hashtextextended('claim/' || bot, 0)) then
      return query select bot, null::text, null::bigint, null::text;
      continue;
    end if;
    foreach reach in array array[2 * p_per_bot, 10 * p_per_bot] loop
      has_more := false;
      has_room := false;
      for row in
        with line as materialized (
          select d.id, d.seq, d.target, d.conversation_id, d.failures, d.under_way, coalesce(d.lease_until > p_wall, false) as leased
          from deliveries d where d.bot_id = bot and d.status = 'queued'
          order by d.seq limit reach),
        held as (
          select distinct l.target, l.conversation_id from line l where l.leased and not l.under_way and l.failures = 0 and l.conversation_id is not null),
        room as (
          select greatest(0, least(p_limit - taken, p_per_bot - count(*) filter (where l.leased))) as places,
            count(*) as length, count(*) filter (where not l.leased) as free
          from line l),
        next as (
          select l.id from line l
          where not l.leased
            and (l.failures > 0 or not exists (select from held h where h.target = l.target and h.conversation_id = l.conversation_id))
          order by l.seq
          limit (select places from room)),
        claimed as (
          update deliveries d set lease_until = p_lease_until, runner = null
          from next n where d.bot_id = bot and d.id = n.id and d.status = 'queued'
          returning d.id, d.seq, case when d.failures = 0 then d.target || coalesce(d.conversation_id, d.id) else d.id end as lane)
        select c.id, c.seq, c.lane, null::boolean as more, null::boolean as room from claimed c
        union all
        select null, null, null, r.length = reach or r.free > (select count(*) from claimed),
          r.length = reach and r.places > (select count(*) from claimed)
        from room r
      loop
        if row.id is null then
          has_more := row.more;
          has_room := row.room;
        else
          bot_id := bot;
          id := row.id;
          seq := row.seq;
          lane := row.lane;
          taken := taken + 1;
          return next;
        end if;
      end loop;
      exit when not has_room;
    end loop;
    if has_more then
      return query select bot, null::text, null::bigint, null::text;
    end if;
  end loop;
end $$;
