import { beforeAll, describe, expect, it } from "vitest";
import { database } from "@/lib/db/client";
import { setConfig } from "@/lib/env/config";
import { EXPIRED_FOR_GOOD_SECONDS } from "@/lib/oauth/revocation-endpoint";
import { createTestClient, type TestClient } from "@/lib/testing/machine-application";
import { testConfig } from "@/lib/testing/test-config";
import { useTestDatabase } from "@/lib/testing/test-database";
import { createRevokedTokenPurger, purgeRevokedTokens } from "./revoked-tokens";

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
    expect(await purgeRevokedTokens(NOW)).toBe(2);
    const left = await database().revokedToken.findMany({ select: { jti: true }, orderBy: { jti: "asc" } });
    expect(left.map(({ jti }) => jti)).toEqual(["over-by-our-clock-only", "still-live"]);
    expect(await purgeRevokedTokens(NOW)).toBe(0);
  });
});

describe("the purge that goes along with revocations", () => {
  it("runs at most once a minute", async () => {
    let now = NOW.getTime();
    const runs: number[] = [];
    const purger = createRevokedTokenPurger({
      async purgeRevokedTokens(at) {
        runs.push(at.getTime() - NOW.getTime());
        return 0;
      },
      onError: () => {},
      now: () => new Date(now),
    });
    for (const step of [0, 1, 59_998, 1, 1, 60_000]) {
      now += step;
      purger.purge();
    }
    await purger.settled();
    expect(runs).toEqual([0, 60_000, 120_001]);
  });

  it("delays nobody, and failing is reported and forgotten", async () => {
    let now = NOW.getTime();
    const errors: unknown[] = [];
    const failure = new Error("database gone");
    const purger = createRevokedTokenPurger({
      purgeRevokedTokens: () => Promise.reject(failure),
      onError: (error) => errors.push(error),
      now: () => new Date(now),
    });
    expect(purger.purge()).toBeUndefined();
    await purger.settled();
    now += 60_000;
    purger.purge();
    await purger.settled();
    expect(errors).toEqual([failure, failure]);
  });
});
