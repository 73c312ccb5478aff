// Runs on both databases: one row that moves forward only, whoever writes it at once.
import { randomUUID } from "node:crypto";
import { beforeAll, describe, expect, it } from "vitest";
import type { StaffActor } from "@/lib/audit/actor";
import { database } from "@/lib/db/client";
import { setConfig } from "@/lib/env/config";
import { createExternalRoute } from "@/lib/machine/external/external-route";
import { createM2mApi, type M2mApi } from "@/lib/machine/m2m-api";
import { useTestDatabase } from "@/lib/testing/database/test-database";
import { createTestClient, type TestClient } from "@/lib/testing/machine/machine-application";
import { callExternal, memberOf, obtainToken, presentToken } from "@/lib/testing/machine/machine-requests";
import { testConfig } from "@/lib/testing/test-config";
import { contextOf } from "@/lib/testing/verb-context";
import { getIssuance } from "./get-issuance";
import { revokeAllTokens } from "./revoke-all-tokens";

useTestDatabase();
const ACTOR: StaffActor = {
  kind: "staff",
  id: randomUUID(),
  role: "administrator",
  ip: "192.0.2.1",
  requestId: "request-1",
};
const PHRASE = { confirmation: "localhost:3000" };
let clock = Date.parse("2026-11-23T12:00:00.900Z");
let machines: M2mApi[];
let clients: TestClient[];

beforeAll(async () => {
  setConfig(testConfig());
  machines = [0, 1].map(() => createM2mApi(testConfig(), { now: () => new Date(clock), schedule: () => {} }));
  clients = [await createTestClient(), await createTestClient()];
});

function status(machine: M2mApi, token: string): Promise<number> {
  const route = createExternalRoute(() => machine)({ scope: "rooms:list", run: async () => ({}) });
  return callExternal(route, { token }).then((answer) => answer.status);
}

const [first, second] = [() => machines[0] as M2mApi, () => machines[1] as M2mApi];
const events = () => database().auditEvent.findMany({ where: { action: "token.all_revoked" }, orderBy: { id: "asc" } });

describe("ending every token", () => {
  it.each(["", "localhost", "localhost:3001", "LOCALHOST:3000 please"])(
    "does nothing when %j is typed instead of the name",
    async (confirmation) => {
      await expect(revokeAllTokens(contextOf(ACTOR, new Date(clock)), { confirmation })).rejects.toMatchObject({
        code: "invalid",
        reason: "installation_name_differs",
        fieldErrors: { confirmation: "installation_name_differs" },
      });
      expect(await events()).toEqual([]);
      expect(await database().tokenCutoff.count()).toBe(0);
      expect((await getIssuance()).allRevokedUntil).toBeNull();
    },
  );

  it("is effective on every instance with the next request, for every application, and leaves an audit event", async () => {
    const tokens = [
      await obtainToken(first(), clients[0] as TestClient),
      await obtainToken(second(), clients[1] as TestClient),
    ];
    for (const token of tokens) expect(await status(second(), token)).toBe(200);
    await revokeAllTokens(contextOf(ACTOR, new Date(clock)), PHRASE);
    for (const token of tokens) {
      expect(await status(first(), token)).toBe(401);
      expect(await status(second(), token)).toBe(401);
    }
    expect(await events()).toMatchObject([
      {
        actorKind: "staff",
        actorId: ACTOR.id,
        targetKind: "application",
        targetId: null,
        changes: { revokedAt: { before: null, after: "2026-11-23T12:00:05.900Z" } },
      },
    ]);
  });

  it("is what introspection says as well", async () => {
    const client = clients[0] as TestClient;
    const token = await obtainToken(first(), client);
    expect(memberOf((await presentToken(second().introspectionEndpoint, client, token)).json, "active")).toBe(false);
  });

  it("ends tokens of an instance whose clock is five seconds ahead, and none that is issued after that", async () => {
    const client = clients[0] as TestClient;
    clock += 5_000;
    expect(await status(first(), await obtainToken(first(), client))).toBe(401);
    clock += 1_000;
    expect(await status(second(), await obtainToken(first(), client))).toBe(200);
  });

  it("never moves back: an earlier moment changes nothing, and the database refuses it too", async () => {
    await revokeAllTokens(contextOf(ACTOR, new Date("2020-01-01T00:00:00Z")), PHRASE);
    const { tokensRevokedAt } = await database().tokenCutoff.findUniqueOrThrow({ where: { id: 1 } });
    expect(tokensRevokedAt).toEqual(new Date("2026-11-23T12:00:05.900Z"));
    for (const change of [
      "UPDATE token_cutoff SET tokens_revoked_at = '2020-01-01'",
      "DELETE FROM token_cutoff",
      "TRUNCATE token_cutoff",
    ]) {
      await expect(database().$executeRawUnsafe(change), change).rejects.toThrow(/stay ended/);
    }
    await expect(database().$executeRawUnsafe("INSERT INTO token_cutoff VALUES (2, now())")).rejects.toThrow(/one_row/);
  });

  it("by several people at once is done once, and noted for each", async () => {
    const before = (await events()).length;
    await Promise.all(Array.from({ length: 5 }, () => revokeAllTokens(contextOf(ACTOR, new Date(clock)), PHRASE)));
    expect(await database().tokenCutoff.count()).toBe(1);
    expect(await events()).toHaveLength(before + 5);
  });

  it("leaves applications that get tokens, until none is active or all are deleted", async () => {
    const allRevokedUntil = new Date(clock + 5_000);
    const active = (count: number) => ({ allRevokedUntil, activeApplications: { count, hasMore: false } });
    expect(await getIssuance()).toEqual(active(2));
    const [one, other] = clients.map(({ id }) => id);
    await database().application.update({ where: { id: one as string }, data: { isActive: false } });
    expect(await getIssuance()).toEqual(active(1));
    const deleted = { isActive: false, deletedAt: new Date(clock) };
    await database().application.update({ where: { id: other as string }, data: deleted });
    expect(await getIssuance()).toEqual(active(0));
  });
});
