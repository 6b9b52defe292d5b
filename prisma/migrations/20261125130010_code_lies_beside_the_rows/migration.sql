-- Code lies where FILES_URL says, under its digest: rows name it. What they held themselves was never read by anybody, and
-- comes back with the next deployment.
ALTER TABLE "bots" DROP COLUMN "code", ADD COLUMN "code_sha256" TEXT;
ALTER TABLE "integrations" DROP COLUMN "code", ADD COLUMN "code_sha256" TEXT;

CREATE INDEX "bots_code_sha256_idx" ON "bots"("code_sha256");
CREATE INDEX "integrations_code_sha256_idx" ON "integrations"("code_sha256");
