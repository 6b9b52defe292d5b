-- CreateTable
CREATE TABLE "action_runs" (
    "bot_id" UUID NOT NULL,
    "seq" BIGSERIAL NOT NULL,
    "alias" TEXT NOT NULL,
    "integration_name" TEXT NOT NULL,
    "action_type" TEXT NOT NULL,
    "input" JSON NOT NULL,
    "input_truncated" BOOLEAN NOT NULL,
    "output" JSON,
    "output_truncated" BOOLEAN NOT NULL,
    "error_message" TEXT,
    "duration_ms" INTEGER NOT NULL,
    "cached" BOOLEAN NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "action_runs_pkey" PRIMARY KEY ("bot_id","seq")
);

-- CreateTable
CREATE TABLE "action_answers" (
    "bot_id" UUID NOT NULL,
    "installation_id" UUID NOT NULL,
    "integration_id" UUID NOT NULL,
    "action" TEXT NOT NULL,
    "input_hash" BYTEA NOT NULL,
    "output" JSON NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "action_answers_pkey" PRIMARY KEY ("bot_id","installation_id","integration_id","action","input_hash")
);

-- CreateIndex
CREATE INDEX "action_runs_newest" ON "action_runs"("bot_id", "created_at" DESC, "seq" DESC);

-- CreateIndex
CREATE INDEX "action_runs_oldest" ON "action_runs"("created_at");

-- CreateIndex
CREATE INDEX "action_answers_expiring" ON "action_answers"("expires_at");
