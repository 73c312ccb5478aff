-- CreateTable
CREATE TABLE "usage_hourly" (
    "hour" TIMESTAMPTZ(3) NOT NULL,
    "application_id" UUID NOT NULL,
    "credential_id" UUID NOT NULL,
    "person_id" UUID NOT NULL,
    "kind" VARCHAR(32) NOT NULL,
    "outcome" VARCHAR(64) NOT NULL,
    "count" INTEGER NOT NULL DEFAULT 0,
    "last_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "usage_hourly_pkey" PRIMARY KEY ("hour","application_id","credential_id","person_id","kind","outcome")
);

-- CreateTable
CREATE TABLE "refused_calls" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "at" TIMESTAMPTZ(3) NOT NULL,
    "application_id" UUID NOT NULL,
    "kind" VARCHAR(32) NOT NULL,
    "reason" VARCHAR(64) NOT NULL,
    "is_proven" BOOLEAN NOT NULL,
    "person_id" UUID,
    "ip" VARCHAR(45) NOT NULL,
    "request_id" VARCHAR(64) NOT NULL,

    CONSTRAINT "refused_calls_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "usage_hourly_application_id_hour_idx" ON "usage_hourly"("application_id", "hour");

-- CreateIndex
CREATE INDEX "usage_hourly_person_id_hour_idx" ON "usage_hourly"("person_id", "hour");

-- CreateIndex
CREATE INDEX "refused_calls_application_id_at_idx" ON "refused_calls"("application_id", "at" DESC);

-- CreateIndex
CREATE INDEX "refused_calls_at_idx" ON "refused_calls"("at" DESC);

-- CreateIndex
CREATE INDEX "usage_daily_application_id_day_idx" ON "usage_daily"("application_id", "day");

-- AddForeignKey
ALTER TABLE "usage_hourly" ADD CONSTRAINT "usage_hourly_application_id_fkey" FOREIGN KEY ("application_id") REFERENCES "applications"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "refused_calls" ADD CONSTRAINT "refused_calls_application_id_fkey" FOREIGN KEY ("application_id") REFERENCES "applications"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- What follows cannot be said in schema.prisma.

-- A count only grows, and hours are UTC hours: what two instances write adds up in one row.
ALTER TABLE "usage_daily" ADD CONSTRAINT "usage_daily_count_positive" CHECK ("count" >= 0);
ALTER TABLE "usage_hourly" ADD CONSTRAINT "usage_hourly_count_positive" CHECK ("count" > 0);
ALTER TABLE "usage_hourly" ADD CONSTRAINT "usage_hourly_whole_hour" CHECK ("hour" = date_trunc('hour', "hour", 'UTC'));
