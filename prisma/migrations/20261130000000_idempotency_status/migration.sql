-- A key is stored with its answer or not at all. Older versions stored it before; such a row answers nothing.
DELETE FROM "idempotency_keys" WHERE "response_status" IS NULL OR "response_body" IS NULL;
ALTER TABLE "idempotency_keys"
  ALTER COLUMN "response_status" SET NOT NULL,
  ALTER COLUMN "response_body" SET NOT NULL;
