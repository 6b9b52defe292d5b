-- AlterTable
ALTER TABLE "integration_families" ADD COLUMN     "native" BOOLEAN NOT NULL DEFAULT false;

-- CreateIndex
CREATE INDEX "messages_in_order" ON "messages"("bot_id", "conversation_id", "seq");

-- What was scheduled, by its time: few rows of many.
create index messages_scheduled on messages (bot_id, conversation_id, scheduled_at, seq) where scheduled_at is not null;

-- The emulator that the first run made.
update integration_families f set native = true
from server_facts s, integrations n
where s.name = 'first-run' and n.id = (s.value::json ->> 'emulatorIntegrationId')::uuid and f.id = n.family_id;
