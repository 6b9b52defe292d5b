-- CreateTable
CREATE TABLE "api_clients" (
    "id" TEXT COLLATE "C" NOT NULL,
    "secret_hash" BYTEA NOT NULL,
    "note" TEXT NOT NULL,
    "account_id" UUID,
    "bot_id" UUID,
    "installation_id" UUID,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "api_clients_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "signing_keys" (
    "kid" TEXT NOT NULL,
    "public_key" JSON NOT NULL,
    "sealed_private_key" BYTEA NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "retired_at" TIMESTAMPTZ(3),

    CONSTRAINT "signing_keys_pkey" PRIMARY KEY ("kid")
);

-- CreateIndex
CREATE INDEX "api_clients_account_id_idx" ON "api_clients"("account_id");

-- CreateIndex
CREATE INDEX "api_clients_bot_id_idx" ON "api_clients"("bot_id");

-- CreateIndex
CREATE INDEX "api_clients_installation_id_idx" ON "api_clients"("installation_id");

-- AddForeignKey
ALTER TABLE "api_clients" ADD CONSTRAINT "api_clients_account_id_fkey" FOREIGN KEY ("account_id") REFERENCES "accounts"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "api_clients" ADD CONSTRAINT "api_clients_bot_id_fkey" FOREIGN KEY ("bot_id") REFERENCES "bots"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "api_clients" ADD CONSTRAINT "api_clients_installation_id_fkey" FOREIGN KEY ("installation_id") REFERENCES "installations"("id") ON DELETE CASCADE ON UPDATE CASCADE;

alter table api_clients add constraint api_clients_stand_for_one check (num_nonnulls(account_id, bot_id, installation_id) = 1);

-- One key signs at a time.
create unique index signing_keys_current on signing_keys ((true)) where retired_at is null;

create trigger api_clients_changed after update or delete on api_clients for each statement execute function announce_change();
