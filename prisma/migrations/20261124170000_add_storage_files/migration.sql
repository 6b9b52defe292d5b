-- CreateTable
CREATE TABLE "storage_files" (
    "bot_id" UUID NOT NULL,
    "id" TEXT COLLATE "C" NOT NULL,
    "seq" BIGSERIAL NOT NULL,
    "family_id" UUID,
    "name" TEXT NOT NULL,
    "access_type" TEXT NOT NULL,
    "content_type" TEXT NOT NULL,
    "size_bytes" BIGINT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "storage_files_pkey" PRIMARY KEY ("bot_id","id")
);

-- CreateIndex
CREATE UNIQUE INDEX "storage_files_by_id" ON "storage_files"("id");

-- CreateIndex
CREATE INDEX "storage_files_newest" ON "storage_files"("bot_id", "created_at" DESC, "seq" DESC);
