import { beforeAll, describe, expect, it } from "vitest";
import { database } from "@/lib/db/client";
import { deleteExpired } from "@/lib/db/retention/expired-rows";
import { setConfig } from "@/lib/env/config";
import { EXPIRED_FOR_GOOD_SECONDS } from "@/lib/oauth/presented-token/revocation-endpoint";
import { useTestDatabase } from "@/lib/testing/database/test-database";
import { createTestClient, type TestClient } from "@/lib/testing/machine/machine-application";
import { testConfig } from "@/lib/testing/test-config";
import { EXPIRED_REVOCATIONS } from "./revoked-tokens";

useTestDatabase();
const NOW = new Date("2026-11-23T12:00:00Z");
let client: TestClient;

beforeAll(async () => {
  setConfig(testConfig());
  client = await createTestClient();
});

function secondsAgo(seconds: number): Date {
  return new Date(NOW.getTime() - seconds * 1000);
}

describe("the purge of revocations", () => {
  it("deletes those of tokens that are over by every clock, and no other", async () => {
    const rows = {
      "over-for-long": secondsAgo(86_400),
      "just-over-by-every-clock": secondsAgo(EXPIRED_FOR_GOOD_SECONDS + 1),
      "over-by-our-clock-only": secondsAgo(EXPIRED_FOR_GOOD_SECONDS),
      "still-live": secondsAgo(-3600),
    };
    await database().revokedToken.createMany({
      data: Object.entries(rows).map(([jti, expiresAt]) => ({ jti, applicationId: client.id, expiresAt })),
    });
    expect(await deleteExpired(EXPIRED_REVOCATIONS, NOW)).toBe(2);
    const left = await database().revokedToken.findMany({ select: { jti: true }, orderBy: { jti: "asc" } });
    expect(left.map(({ jti }) => jti)).toEqual(["over-by-our-clock-only", "still-live"]);
    expect(await deleteExpired(EXPIRED_REVOCATIONS, NOW)).toBe(0);
  });
});
