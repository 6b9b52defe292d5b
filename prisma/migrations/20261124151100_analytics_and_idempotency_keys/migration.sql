-- CreateTable
CREATE TABLE "analytics_counts" (
    "bot_id" UUID NOT NULL,
    "day" DATE NOT NULL,
    "name" TEXT COLLATE "C" NOT NULL,
    "count" BIGINT NOT NULL,

    CONSTRAINT "analytics_counts_pkey" PRIMARY KEY ("bot_id","day","name")
);

-- CreateTable
CREATE TABLE "idempotency_keys" (
    "tenant_id" UUID NOT NULL,
    "caller" TEXT COLLATE "C" NOT NULL,
    "key" TEXT COLLATE "C" NOT NULL,
    "fingerprint" BYTEA NOT NULL,
    "sealed_answer" BYTEA NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "idempotency_keys_pkey" PRIMARY KEY ("tenant_id","caller","key")
);

-- CreateIndex
CREATE INDEX "idempotency_keys_expires_at_idx" ON "idempotency_keys"("expires_at");

-- One row per name and day takes all the traffic: room on the page for its in-place (HOT) updates.
alter table analytics_counts set (fillfactor = 50);

-- Takes a key for the length of the transaction and says what was answered under it. `taken` is false while another request
-- holds it. Two statements, so that the second sees what the last holder committed.
create function claim_idempotency_key(p_tenant uuid, p_caller text, p_key text, p_now timestamptz)
returns table (taken boolean, fingerprint bytea, sealed_answer bytea) language plpgsql volatile as $$
begin
  taken := pg_try_advisory_xact_lock(hashtextextended(concat_ws('/', 'idempotency-key', p_tenant, p_caller, p_key), 0));
  if taken then
    select k.fingerprint, k.sealed_answer into fingerprint, sealed_answer
    from idempotency_keys k where k.tenant_id = p_tenant and k.caller = p_caller and k.key = p_key and k.expires_at > p_now;
  end if;
  return next;
end $$;
