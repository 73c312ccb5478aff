-- Whoever was refused names the request: staff look it up.
-- CreateIndex
CREATE INDEX "refused_calls_request_id_idx" ON "refused_calls"("request_id");
