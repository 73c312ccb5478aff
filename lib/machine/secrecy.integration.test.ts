import { afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { setConfig } from "@/lib/env/config";
import { useTestDatabase } from "@/lib/testing/database/test-database";
import { createTestClient, makeUnknownSecret, type TestClient } from "@/lib/testing/machine/machine-application";
import {
  askForToken,
  callExternal,
  captureLog,
  memberOf,
  obtainToken,
  presentToken,
} from "@/lib/testing/machine/machine-requests";
import { dumpDatabase } from "@/lib/testing/staff/staff-factory";
import { testConfig } from "@/lib/testing/test-config";
import { createExternalRoute } from "./external/external-route";
import { createM2mApi, type M2mApi } from "./m2m-api";

useTestDatabase();
let machine: M2mApi;
let client: TestClient;
let log: ReturnType<typeof captureLog>;

beforeAll(async () => {
  setConfig(testConfig());
  machine = createM2mApi(testConfig());
  client = await createTestClient();
});

beforeEach(() => {
  log = captureLog();
});

afterEach(() => log.stop());

const EMAIL = "canary-of-the-log@example.com";

/** Every secret is looked for whole and by its halves, so that a cut or wrapped copy is found too. */
function piecesOf(secret: string): string[] {
  const middle = Math.floor(secret.length / 2);
  return [secret, secret.slice(0, middle), secret.slice(middle)];
}

describe("a secret, a token or an address that went through every door", () => {
  it("is in no log line and in no table", async () => {
    const wrong = makeUnknownSecret(client.clientId);
    const list = createExternalRoute(() => machine)({ scope: "rooms:list", run: async () => ({}) });
    const token = await obtainToken(machine, client, { fields: { scope: EMAIL } });
    await askForToken(machine, client, { method: "post", fields: { scope: `${EMAIL} rooms:delete` } });
    await askForToken(machine, { clientId: client.clientId, secret: wrong });
    await askForToken(machine, { clientId: client.secret, secret: client.clientId });
    await askForToken(machine, client, { fields: { scope: client.secret, grant_type: client.secret } });
    await callExternal(list, { token });
    await callExternal(list, { token: `${token}x` });
    await callExternal(list, { token: client.secret });
    await callExternal(list, { path: `/api/external/rooms?access_token=${token}` });
    const live = await obtainToken(machine, client, { fields: { scope: EMAIL } });
    for (const endpoint of [machine.introspectionEndpoint, machine.revocationEndpoint]) {
      for (const presented of [live, `${live}x`, client.secret]) await presentToken(endpoint, client, presented);
      await presentToken(endpoint, { clientId: client.clientId, secret: wrong }, live);
    }
    await machine.settled();

    const [lines, tables] = [log.lines.join(""), await dumpDatabase()];
    expect(log.lines.length).toBeGreaterThan(8);
    for (const piece of [client.secret, wrong, token, live].flatMap(piecesOf)) {
      expect(lines).not.toContain(piece);
      expect(tables).not.toContain(piece);
    }
    // The tag, the random part and any HMAC of them are nowhere either: only Argon2id strings are stored (T8).
    expect(tables).not.toContain(client.secret.slice(-22));
    expect(tables).toContain("$argon2id$v=19$");
    // The address is where it belongs, in the table of people, and not in the log.
    expect(lines).not.toContain("canary-of-the-log");
    expect(tables.split("canary-of-the-log")).toHaveLength(2);
  });

  it("is in no answer", async () => {
    const answers = [
      await askForToken(machine, client, { fields: { scope: "bad\tscope" } }),
      await askForToken(machine, { clientId: client.clientId, secret: makeUnknownSecret(client.clientId) }),
      await askForToken(machine, client, { fields: { scope: EMAIL, resource: "https://canary.example/" } }),
    ];
    for (const { text, headers } of answers) {
      expect(text + JSON.stringify(headers)).not.toMatch(/canary|vst_|\$argon2|stack|prisma/i);
    }
  });

  it("is not in a token: its payload names the person by an id only", async () => {
    const token = await obtainToken(machine, client, { fields: { scope: EMAIL } });
    const payload = Buffer.from(token.split(".")[1] ?? "", "base64url").toString();
    expect(payload).not.toContain("@");
    expect(payload).not.toContain("canary");
  });
});

describe("the claims of a token", () => {
  it("are exactly those that are documented, and no parameter changes them", async () => {
    const fields = { scope: `${EMAIL} rooms:list`, sub: "eve", user_id: "eve", act: "eve", jti: "eve", client: "eve" };
    const payload: unknown = JSON.parse(
      Buffer.from((await obtainToken(machine, client, { fields })).split(".")[1] ?? "", "base64url").toString(),
    );
    const iat = memberOf(payload, "iat");
    expect(payload).toEqual({
      iss: "http://localhost:3000",
      aud: "http://localhost:3000/api/external/rooms",
      sub: expect.stringMatching(/^[0-9a-f-]{36}$/),
      client_id: client.clientId,
      act: { sub: client.clientId },
      iat: expect.any(Number),
      nbf: iat,
      exp: Number(iat) + 3600,
      jti: expect.stringMatching(/^[\w-]{22,}$/),
      scope: "rooms:list",
      credential_id: client.secretId,
      cv: 0,
      user_id: memberOf(payload, "sub"),
      delegated: true,
    });
  });
});

describe("a log line", () => {
  it("tells of a token: when, for which request, which application, person, secret and address", async () => {
    await obtainToken(machine, client);
    const line: unknown = JSON.parse(log.lines.at(-1) ?? "");
    expect(line).toEqual({
      level: "info",
      time: expect.stringMatching(/^\d{4}-\d\d-\d\dT.*Z$/),
      request_id: expect.stringMatching(/^[0-9a-f-]{36}$/),
      event: "token_issued",
      client_id: client.clientId,
      grant_type: "client_credentials",
      authentication_method: "client_secret_basic",
      credential_id: client.secretId,
      person_id: expect.stringMatching(/^[0-9a-f-]{36}$/),
      scopes: ["rooms:create", "rooms:list", "rooms:retrieve"],
      jti: expect.any(String),
      client_address: "192.0.2.7",
      msg: "Token issued",
    });
  });

  it("does not name a client that proved nothing", async () => {
    await askForToken(machine, { clientId: "somebody-else", secret: "wrong" });
    expect(JSON.parse(log.lines.at(-1) ?? "")).toMatchObject({ event: "token_refused", reason: "bad_tag" });
    expect(log.lines.join("")).not.toContain("somebody-else");
  });
});
