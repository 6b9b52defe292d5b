-- Clearing a state is a write as any other: over one that has expired, and that nobody has removed yet, its bot is told first.
create function clear_state(p_bot uuid, p_type text, p_owner text, p_scope uuid, p_name text, p_event_id text, p_now timestamptz)
returns setof states language plpgsql volatile as $$
begin
  perform expire_state(p_bot, p_type, p_owner, p_scope, p_name, p_event_id, p_now);
  return query
    delete from states s
    where s.bot_id = p_bot and s.type = p_type and s.owner_id = p_owner and s.scope = p_scope and s.name = p_name
    returning s.*;
end $$;
