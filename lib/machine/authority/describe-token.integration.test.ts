import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { database } from "@/lib/db/client";
import { setConfig } from "@/lib/env/config";
import { externalRoute } from "@/lib/machine/external-routes";
import { m2mApi } from "@/lib/machine/m2m-api";
import { useTestDatabase } from "@/lib/testing/database/test-database";
import { createTestClient, type TestClient } from "@/lib/testing/machine/machine-application";
import { callExternal, obtainToken } from "@/lib/testing/machine/machine-requests";
import { testConfig } from "@/lib/testing/test-config";
import { describeToken } from "./describe-token";
import { tokenDescription } from "./token-description.schema";

useTestDatabase();
beforeAll(() => setConfig(testConfig()));
afterAll(() => setConfig(undefined));

const GET = externalRoute({ scope: null, run: async (_input, { grant }) => describeToken(grant) });
const ask = (token: string) => callExternal(GET, { token, path: "/api/external/me" });

async function withToken(): Promise<{ client: TestClient; token: string }> {
  const client = await createTestClient({ scopes: ["rooms:list", "rooms:create"] });
  return { client, token: await obtainToken(m2mApi(), client, { fields: { scope: "alice@example.com" } }) };
}

function change(secretId: string, data: { revokedAt?: Date; expiresAt?: Date }) {
  return database().applicationSecret.update({ where: { id: secretId }, data, select: { id: true } });
}

const soon = new Date(Date.now() + 3_600_000);
const later = new Date(Date.now() + 7_200_000);

describe("what is told about a token", () => {
  it("answers what its schema says, with the scopes that the application has at this moment", async () => {
    const { client, token } = await withToken();
    expect(tokenDescription.parse((await ask(token)).json)).toMatchObject({ credential_ends_at: null });
    await database().application.update({ where: { id: client.id }, data: { scopes: ["rooms:list"] } });
    expect((await ask(token)).json).toMatchObject({ scopes: ["rooms:list"], person: { email: "alice@example.com" } });
  });

  it.each([
    ["an end that somebody set", { revokedAt: soon }],
    ["an expiry", { expiresAt: soon }],
    ["whichever comes first", { revokedAt: soon, expiresAt: later }],
  ])("tells when the secret stops working: %s", async (_, data) => {
    const { client, token } = await withToken();
    await change(client.secretId, data);
    expect((await ask(token)).json).toMatchObject({ credential_ends_at: soon.toISOString() });
  });

  it("refuses the token of a secret that has ended, of an application switched off and of one that is gone", async () => {
    const [ended, off, gone] = [await withToken(), await withToken(), await withToken()];
    await change(ended.client.secretId, { revokedAt: new Date(Date.now() - 1_000) });
    await database().application.update({ where: { id: off.client.id }, data: { isActive: false } });
    await database().application.delete({ where: { id: gone.client.id } });
    for (const { token } of [ended, off, gone]) {
      expect(await ask(token)).toMatchObject({ status: 401, json: { code: "invalid_token" } });
    }
  });

  it("says nothing of the secret but when it ends", async () => {
    const { client, token } = await withToken();
    const { text } = await ask(token);
    for (const part of [client.secret, client.secret.slice(-22), client.secretId, "argon2"]) {
      expect(text).not.toContain(part);
    }
  });
});
