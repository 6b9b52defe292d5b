-- CreateTable
CREATE TABLE "clock_followers" (
    "id" UUID NOT NULL,
    "version" INTEGER NOT NULL,
    "seen_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "clock_followers_pkey" PRIMARY KEY ("id")
);
