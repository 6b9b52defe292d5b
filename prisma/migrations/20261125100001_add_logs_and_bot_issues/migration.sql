-- CreateTable
CREATE TABLE "bot_logs" (
    "bot_id" UUID NOT NULL,
    "seq" BIGSERIAL NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "level" TEXT NOT NULL,
    "message" TEXT NOT NULL,
    "conversation_id" TEXT COLLATE "C",
    "user_id" TEXT COLLATE "C",
    "workflow_id" TEXT COLLATE "C",
    "integration_id" UUID,
    "bot_sees" BOOLEAN NOT NULL,
    "integration_sees" BOOLEAN NOT NULL,
    "source" TEXT COLLATE "C",

    CONSTRAINT "bot_logs_pkey" PRIMARY KEY ("bot_id","seq")
);

-- CreateTable
CREATE TABLE "bot_issues" (
    "bot_id" UUID NOT NULL,
    "id" TEXT COLLATE "C" NOT NULL,
    "seq" BIGSERIAL NOT NULL,
    "key" TEXT COLLATE "C" NOT NULL,
    "code" TEXT NOT NULL,
    "category" TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "description" TEXT NOT NULL,
    "grouped_data" JSON NOT NULL,
    "resolution_link" TEXT,
    "events_count" INTEGER NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "last_seen_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "bot_issues_pkey" PRIMARY KEY ("bot_id","id")
);

-- CreateTable
CREATE TABLE "bot_issue_events" (
    "bot_id" UUID NOT NULL,
    "id" TEXT COLLATE "C" NOT NULL,
    "seq" BIGSERIAL NOT NULL,
    "issue_key" TEXT COLLATE "C" NOT NULL,
    "data" JSON NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "bot_issue_events_pkey" PRIMARY KEY ("bot_id","id")
);

-- CreateIndex
CREATE INDEX "bot_logs_by_age" ON "bot_logs" USING BRIN ("created_at");

-- CreateIndex
CREATE UNIQUE INDEX "bot_issues_bot_id_key_key" ON "bot_issues"("bot_id", "key");

-- CreateIndex
CREATE INDEX "bot_issues_newest" ON "bot_issues"("bot_id", "created_at" DESC, "seq" DESC);

-- CreateIndex
CREATE INDEX "bot_issue_events_newest" ON "bot_issue_events"("bot_id", "issue_key", "seq" DESC);

-- CreateIndex
CREATE INDEX "bot_issue_events_by_age" ON "bot_issue_events" USING BRIN ("created_at");

-- Parts of the schema that Prisma's language has no words for follow: partial indexes.

create index bot_logs_newest on bot_logs (bot_id, created_at desc, seq desc) where bot_sees;
-- Whose integration it is reads its lines in the bots of everybody.
create index bot_logs_of_integration on bot_logs (integration_id, created_at desc, seq desc) where integration_sees;
create unique index bot_logs_by_source on bot_logs (bot_id, source) where source is not null;
