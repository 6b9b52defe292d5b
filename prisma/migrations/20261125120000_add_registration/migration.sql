-- AlterTable
ALTER TABLE "installations" ADD COLUMN "call_id" UUID,
ADD COLUMN "call_until" TIMESTAMPTZ(3),
ADD COLUMN "register_due_at" TIMESTAMPTZ(3),
ADD COLUMN "register_every" TEXT;

-- CreateIndex
CREATE UNIQUE INDEX "installations_by_identifier" ON "installations"("family_id", "identifier");

-- What a sweep looks for: hardly any row at any time.
create index installations_owed on installations (call_until) where call_until is not null;
create index installations_due on installations (register_due_at) where register_due_at is not null;
