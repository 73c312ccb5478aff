import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { GET as GET_OWN } from "@/app/api/external/rooms/route";
import { setConfig } from "@/lib/env/config";
import { m2mApi } from "@/lib/machine/m2m-api";
import { useTestDatabase } from "@/lib/testing/database/test-database";
import { createTestClient } from "@/lib/testing/machine/machine-application";
import { callExternal, obtainToken } from "@/lib/testing/machine/machine-requests";
import { testConfig } from "@/lib/testing/test-config";
import { GET, POST, PUT } from "./route";

useTestDatabase();
let token: string;

beforeAll(async () => {
  setConfig(testConfig());
  token = await obtainToken(m2mApi(), await createTestClient({ scopes: ["rooms:list"] }));
});
afterAll(() => setConfig(undefined));

const HEADERS = {
  "cache-control": "no-store",
  "content-type": "application/json",
  "x-content-type-options": "nosniff",
};

describe("a refusal at the paths of La Suite Meet", () => {
  it("challenges without the metadata of our own path, which is another resource", async () => {
    const detail = "Authentication credentials were not provided.";
    for (const [method, handler] of Object.entries({ GET, POST, PUT })) {
      expect(await callExternal(handler, { method })).toEqual({
        status: 401,
        json: { detail },
        text: JSON.stringify({ detail }),
        headers: { ...HEADERS, "www-authenticate": 'Bearer realm="vestibule"' },
      });
    }
    const own = await callExternal(GET_OWN);
    expect(own.headers["www-authenticate"]).toContain("resource_metadata=");
  });

  it.each([
    ["a token that is worth nothing", "abc", GET, 401],
    ["a scope that is missing", undefined, POST, 403],
  ] as const)("says the error of %s in the challenge, and no metadata", async (_what, sent, handler, status) => {
    const method = handler === POST ? "POST" : "GET";
    const answer = await callExternal(handler, { method, token: sent ?? token });
    expect(answer.status).toBe(status);
    expect(answer.headers["www-authenticate"]).toMatch(/^Bearer realm="vestibule", error="\w+", error_description=/);
  });
});
