-- AlterTable
ALTER TABLE "events" ADD COLUMN     "recurring_event" TEXT;

-- CreateTable
CREATE TABLE "recurring_events" (
    "bot_id" UUID NOT NULL,
    "name" TEXT COLLATE "C" NOT NULL,
    "cron" TEXT NOT NULL,
    "due_at" TIMESTAMPTZ(3) NOT NULL,
    "failed_attempts" INTEGER NOT NULL,
    "last_failure_reason" TEXT,

    CONSTRAINT "recurring_events_pkey" PRIMARY KEY ("bot_id","name")
);

-- CreateIndex
CREATE INDEX "recurring_events_due" ON "recurring_events"("due_at");

-- What an event came to, told to the recurring event of which it is one tick. A trigger, so that whatever settles deliveries
-- need not know; its condition keeps all other events out.
create function recurring_event_ended() returns trigger language plpgsql as $$
begin
  update recurring_events r set
    failed_attempts = case new.status when 'failed' then r.failed_attempts + 1 else 0 end,
    last_failure_reason = case new.status when 'failed' then new.failure_reason else r.last_failure_reason end
  where r.bot_id = new.bot_id and r.name = new.recurring_event;
  return null;
end $$;
create trigger events_ended after update of status on events for each row
  when (new.recurring_event is not null and new.status in ('processed', 'failed') and old.status is distinct from new.status)
  execute function recurring_event_ended();

-- Those that were declared before anything fired them. Whoever fires asks for a tick since then, so this moment is none itself.
insert into recurring_events (bot_id, name, cron, due_at, failed_attempts)
select b.id, r.key, r.value -> 'schedule' ->> 'cron', b.updated_at, 0
from bots b cross join lateral json_each(coalesce(b.definition -> 'recurringEvents', '{}')) r;
