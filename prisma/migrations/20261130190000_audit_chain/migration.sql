-- A link for each hour that has events: what they hash to, and a hash over that and the link before (docs/decisions/0022).
CREATE TABLE "audit_chain_links" (
  "hour" TIMESTAMPTZ(3) NOT NULL,
  "event_count" INTEGER NOT NULL,
  "digest" CHAR(64) NOT NULL,
  "head" CHAR(64) NOT NULL,
  "made_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

  CONSTRAINT "audit_chain_links_pkey" PRIMARY KEY ("hour"),
  CONSTRAINT "audit_chain_links_hour_check" CHECK ("hour" = date_trunc('hour', "hour", 'UTC')),
  CONSTRAINT "audit_chain_links_event_count_check" CHECK ("event_count" > 0),
  CONSTRAINT "audit_chain_links_digest_check" CHECK ("digest" ~ '^[0-9a-f]{64}$'),
  CONSTRAINT "audit_chain_links_head_check" CHECK ("head" ~ '^[0-9a-f]{64}$')
);

CREATE TRIGGER "audit_chain_links_no_change"
  BEFORE UPDATE OR DELETE ON "audit_chain_links" FOR EACH ROW
  EXECUTE FUNCTION "refuse_audit_change"();

CREATE TRIGGER "audit_chain_links_no_truncate"
  BEFORE TRUNCATE ON "audit_chain_links" FOR EACH STATEMENT
  EXECUTE FUNCTION "refuse_audit_change"();
