import { beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import { database } from "@/lib/db/client";
import { setConfig } from "@/lib/env/config";
import { AppError } from "@/lib/errors/app-error";
import { createM2mApi, type M2mApi } from "@/lib/machine/m2m-api";
import { useTestDatabase } from "@/lib/testing/database/test-database";
import { createTestClient, type TestClient } from "@/lib/testing/machine/machine-application";
import { callExternal, captureLog, obtainToken, TEST_ADDRESS } from "@/lib/testing/machine/machine-requests";
import { testConfig } from "@/lib/testing/test-config";
import { createExternalResource, createExternalRoute } from "./external-route";

useTestDatabase();
let machine: M2mApi;
let client: TestClient;
let token: string;

beforeAll(async () => {
  setConfig(testConfig());
  machine = createM2mApi(testConfig());
  client = await createTestClient({ scopes: ["rooms:list"] });
  token = await obtainToken(machine, client);
});

const findM2mApi = () => machine;
const GET = createExternalRoute(findM2mApi)({ scope: "rooms:list", run: async () => ({ ok: true }) });
const POST = createExternalRoute(findM2mApi)({
  scope: "rooms:create",
  body: z.object({ n: z.number() }),
  run: async ({ body }) => body,
});

describe("the log", () => {
  const others = createExternalResource(findM2mApi)({ GET });
  const failing = createExternalRoute(findM2mApi)({
    scope: null,
    run: () => Promise.reject(new AppError("not_found", "room_not_found")),
  });
  const quotaOf = (requestsPerMinute: number) => {
    const limited = createM2mApi(testConfig({ externalApi: { ...testConfig().externalApi, requestsPerMinute } }));
    return createExternalRoute(() => limited)({ scope: "rooms:list", run: async () => ({}) });
  };

  /** The one line about the last call. */
  async function lineOf(call: () => Promise<unknown>): Promise<unknown> {
    const log = captureLog();
    await call().finally(() => log.stop());
    const lines = log.lines.map((line): Record<string, unknown> => JSON.parse(line));
    const { time: _time, request_id: _id, msg: _msg, level: _level, err: _err, ...fields } = lines.at(-1) ?? {};
    return fields;
  }

  const path = "/api/external/rooms/some-room";
  const known = async () => ({
    client_id: client.clientId,
    person_id: (await database().person.findUniqueOrThrow({ where: { email: "alice@example.com" } })).id,
  });

  it.each<[string, () => Promise<unknown>, object]>([
    ["answered", () => callExternal(GET, { token, path }), { event: "external_used", status: 200 }],
    [
      "refused for its scope",
      () => callExternal(POST, { token, path, method: "POST", body: "{}" }),
      { status: 403, reason: "scope_missing" },
    ],
    ["refused by a verb", () => callExternal(failing, { token, path }), { status: 404, reason: "room_not_found" }],
    [
      "refused for its method",
      () => callExternal(others.PUT, { token, path, method: "PUT" }),
      { status: 405, reason: "method_not_allowed" },
    ],
    [
      "refused for the quota",
      async () => {
        const limited = quotaOf(1);
        await callExternal(limited, { token });
        await callExternal(limited, { token, path });
      },
      { status: 429, reason: "quota_exceeded" },
    ],
  ])(
    "says of a call that is %s which application made it, on whose behalf, and what it was",
    async (_how, call, line) => {
      expect(await lineOf(call)).toEqual({
        event: "external_refused",
        method: expect.stringMatching(/^(?:GET|POST|PUT)$/),
        path,
        ...(await known()),
        client_address: TEST_ADDRESS,
        ...line,
      });
    },
  );

  it("says so too of a token that is ours and worth nothing any more", async () => {
    const doomed = await createTestClient({ scopes: ["rooms:list"] });
    const its = await obtainToken(machine, doomed);
    await database().application.update({ where: { id: doomed.id }, data: { isActive: false }, select: { id: true } });
    expect(await lineOf(() => callExternal(GET, { token: its, path }))).toEqual({
      event: "external_refused",
      method: "GET",
      path,
      ...(await known()),
      client_id: doomed.clientId,
      client_address: TEST_ADDRESS,
      status: 401,
      reason: "application_inactive",
    });
  });

  it("names nobody for a token that proves nothing", async () => {
    expect(await lineOf(() => callExternal(GET, { token: `${token}x`, path }))).toEqual({
      event: "external_refused",
      method: "GET",
      path,
      client_address: TEST_ADDRESS,
      status: 401,
      reason: expect.any(String),
    });
  });
});
