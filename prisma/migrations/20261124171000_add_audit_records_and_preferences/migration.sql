-- AlterTable
ALTER TABLE "bots" ADD COLUMN     "allowlist" TEXT NOT NULL DEFAULT 'ALL_WORKSPACE_USERS';

-- CreateTable
CREATE TABLE "bot_allowlist_entries" (
    "bot_id" UUID NOT NULL,
    "member_id" UUID NOT NULL,

    CONSTRAINT "bot_allowlist_entries_pkey" PRIMARY KEY ("bot_id","member_id")
);

-- CreateTable
CREATE TABLE "account_preferences" (
    "account_id" UUID NOT NULL,
    "key" TEXT COLLATE "C" NOT NULL,
    "value" JSON NOT NULL,

    CONSTRAINT "account_preferences_pkey" PRIMARY KEY ("account_id","key")
);

-- CreateTable
CREATE TABLE "workspace_preferences" (
    "workspace_id" UUID NOT NULL,
    "key" TEXT COLLATE "C" NOT NULL,
    "value" JSON NOT NULL,

    CONSTRAINT "workspace_preferences_pkey" PRIMARY KEY ("workspace_id","key")
);

-- CreateTable
CREATE TABLE "audit_records" (
    "id" TEXT COLLATE "C" NOT NULL,
    "workspace_id" UUID NOT NULL,
    "recorded_at" TIMESTAMPTZ(3) NOT NULL,
    "user_id" UUID,
    "user_email" TEXT,
    "action" TEXT NOT NULL,
    "resource_id" TEXT,
    "resource_name" TEXT,
    "value" TEXT,
    "seq" BIGSERIAL NOT NULL,

    CONSTRAINT "audit_records_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "bot_allowlist_entries_member_id_idx" ON "bot_allowlist_entries"("member_id");

-- CreateIndex
CREATE UNIQUE INDEX "audit_records_seq_key" ON "audit_records"("seq");

-- CreateIndex
CREATE INDEX "audit_records_workspace_id_recorded_at_seq_idx" ON "audit_records"("workspace_id", "recorded_at" DESC, "seq" DESC);

-- CreateIndex
CREATE INDEX "workspace_members_workspace_id_created_at_id_idx" ON "workspace_members"("workspace_id", "created_at" DESC, "id" DESC);

-- CreateIndex
CREATE INDEX "workspaces_is_public_created_at_id_idx" ON "workspaces"("is_public", "created_at" DESC, "id" DESC);

-- AddForeignKey
ALTER TABLE "bot_allowlist_entries" ADD CONSTRAINT "bot_allowlist_entries_bot_id_fkey" FOREIGN KEY ("bot_id") REFERENCES "bots"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "bot_allowlist_entries" ADD CONSTRAINT "bot_allowlist_entries_member_id_fkey" FOREIGN KEY ("member_id") REFERENCES "workspace_members"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "account_preferences" ADD CONSTRAINT "account_preferences_account_id_fkey" FOREIGN KEY ("account_id") REFERENCES "accounts"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "workspace_preferences" ADD CONSTRAINT "workspace_preferences_workspace_id_fkey" FOREIGN KEY ("workspace_id") REFERENCES "workspaces"("id") ON DELETE CASCADE ON UPDATE CASCADE;

create trigger bot_allowlist_entries_changed after insert or update or delete on bot_allowlist_entries for each statement execute function announce_change();
