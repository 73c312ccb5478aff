import { randomUUID } from "node:crypto";
import { beforeAll, beforeEach, describe, expect, it } from "vitest";
import { database } from "@/lib/db/client";
import { setConfig } from "@/lib/env/config";
import { useTestDatabase } from "@/lib/testing/database/test-database";
import { createTestClient, type TestClient } from "@/lib/testing/machine/machine-application";
import { START } from "@/lib/testing/secret-clock";
import { testConfig } from "@/lib/testing/test-config";
import { listSecretUses } from "./list-secret-uses";

useTestDatabase();
let client: TestClient;

beforeAll(() => setConfig(testConfig()));
beforeEach(async () => {
  client = await createTestClient();
  await change({ createdAt: ago(7 * 24 * 60) });
});

const ago = (minutes: number) => new Date(START.getTime() - minutes * 60_000);

type Columns = Partial<
  Record<"createdAt" | "revokedAt" | "expiresAt" | "compromisedAt" | "lastUsedAt", Date> & { lastUsedIp: string }
>;

function change(data: Columns) {
  return database().applicationSecret.update({ where: { id: client.secretId }, data });
}

describe("listSecretUses", () => {
  it("says when and from where a secret was last used, at the moment that it was asked, and nothing more", async () => {
    await change({ lastUsedAt: ago(3), lastUsedIp: "10.2.0.7" });
    expect(await listSecretUses(client.id, START)).toEqual({
      now: START,
      uses: [{ secretId: client.secretId, state: "live", lastUsedAt: ago(3), lastUsedIp: "10.2.0.7", isQuiet: false }],
    });
  });

  it.each<[string, Columns, boolean]>([
    ["used a day ago, to the minute", { lastUsedAt: ago(24 * 60) }, true],
    ["used a minute less than a day ago", { lastUsedAt: ago(24 * 60 - 1) }, false],
    ["never used and a day old", { createdAt: ago(24 * 60) }, true],
    ["never used and new", { createdAt: ago(1) }, false],
  ])("takes a secret that was %s for quiet or not", async (_what, columns, isQuiet) => {
    await change(columns);
    expect(await listSecretUses(client.id, START)).toMatchObject({ uses: [{ isQuiet }] });
  });

  it.each<[string, Columns, string]>([
    ["without an end", {}, "live"],
    ["with an end that is to come", { revokedAt: ago(-1) }, "scheduled"],
    ["with an end that has come", { revokedAt: ago(0) }, "revoked"],
    ["that has expired", { expiresAt: ago(0) }, "expired"],
    ["that will expire", { expiresAt: ago(-1) }, "live"],
    ["that has expired before its end", { expiresAt: ago(1), revokedAt: ago(-1) }, "expired"],
    ["that was compromised", { revokedAt: ago(1), compromisedAt: ago(1) }, "compromised"],
  ])("knows the state of a secret %s", async (_what, columns, state) => {
    await change(columns);
    expect(await listSecretUses(client.id, START)).toMatchObject({ uses: [{ state }] });
  });

  it("knows nothing of an application that is gone", async () => {
    expect(await listSecretUses(randomUUID(), START)).toEqual({ now: START, uses: [] });
  });
});
