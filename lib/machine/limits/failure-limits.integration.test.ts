import { beforeAll, beforeEach, describe, expect, it } from "vitest";
import { setConfig } from "@/lib/env/config";
import { createM2mApi, type M2mApi } from "@/lib/machine/m2m-api";
import { useTestDatabase } from "@/lib/testing/database/test-database";
import { errorUri } from "@/lib/testing/machine/error-uri";
import { createTestClient, makeUnknownSecret, type TestClient } from "@/lib/testing/machine/machine-application";
import { type Answer, askForToken } from "@/lib/testing/machine/machine-requests";
import { testConfig } from "@/lib/testing/test-config";

useTestDatabase();
let machine: M2mApi;
let client: TestClient;
let neighbour: TestClient;

beforeAll(async () => {
  setConfig(testConfig());
  [client, neighbour] = await Promise.all([createTestClient(), createTestClient()]);
});

beforeEach(() => {
  machine = createM2mApi(testConfig());
});

async function guess(times: number, clientId: string, address: string, secret = "wrong"): Promise<Answer[]> {
  const answers: Answer[] = [];
  for (let index = 0; index < times; index += 1) {
    answers.push(await askForToken(machine, { clientId, secret }, { address }));
  }
  return answers;
}

const statusesOf = (answers: readonly Answer[]) => answers.map(({ status }) => status);
const times = (count: number, status: number) => Array<number>(count).fill(status);

describe("guessing", () => {
  // Conformance: N15
  it("is answered with 401 twenty times, then with 429", async () => {
    expect(statusesOf(await guess(30, client.clientId, "203.0.113.1"))).toEqual([...times(20, 401), ...times(10, 429)]);
  });

  // Conformance: N45
  it("is told when to come back, in full", async () => {
    const [last] = (await guess(21, client.clientId, "203.0.113.1")).slice(-1);
    const description = "Too many failed attempts. Try again later.";
    const retryAfter = last?.headers["retry-after"] ?? "";
    expect(Number(retryAfter)).toBeGreaterThan(0);
    expect(Number(retryAfter)).toBeLessThanOrEqual(60);
    expect(last).toEqual({
      status: 429,
      json: {
        error: "temporarily_unavailable",
        error_description: description,
        error_uri: errorUri("temporarily_unavailable"),
        detail: description,
      },
      text: expect.any(String),
      headers: {
        "cache-control": "no-store",
        "content-type": "application/json",
        pragma: "no-cache",
        ratelimit: `"client-failures";r=0;t=${retryAfter}`,
        "ratelimit-policy": '"client-failures";q=20;w=60',
        "retry-after": retryAfter,
        "x-content-type-options": "nosniff",
      },
    });
  });

  it("over many client ids ends after sixty attempts from one address", async () => {
    const answers: Answer[] = [];
    for (let index = 0; index < 70; index += 1) answers.push(...(await guess(1, `client-${index}`, "203.0.113.2")));
    expect(statusesOf(answers)).toEqual([...times(60, 401), ...times(10, 429)]);
  });

  it("counts the addresses of one IPv6 network as one", async () => {
    const answers: Answer[] = [];
    for (let index = 1; index <= 21; index += 1) {
      answers.push(...(await guess(1, client.clientId, `2001:db8:0:1::${index.toString(16)}`)));
    }
    expect(statusesOf(answers)).toEqual([...times(20, 401), 429]);
    expect(statusesOf(await guess(1, client.clientId, "2001:db8:0:2::1"))).toEqual([401]);
  });

  it("counts a secret that is authentic but not live as well", async () => {
    const secret = makeUnknownSecret(client.clientId);
    expect(statusesOf(await guess(22, client.clientId, "203.0.113.3", secret))).toEqual([
      ...times(20, 401),
      ...times(2, 429),
    ]);
  });
});

describe("while somebody guesses", () => {
  beforeEach(async () => {
    await guess(70, client.clientId, "203.0.113.1");
  });

  // Conformance: N15
  it.each([
    ["another client at another address", () => neighbour, "198.51.100.1"],
    ["another client at the same address", () => neighbour, "203.0.113.1"],
    ["the owner at another address", () => client, "198.51.100.1"],
    ["the owner at the same address", () => client, "203.0.113.1"],
  ])("%s still gets a token", async (_title, who, address) => {
    expect((await askForToken(machine, who(), { address })).status).toBe(200);
  });

  it("a success does not wipe the count of failures", async () => {
    await askForToken(machine, client, { address: "203.0.113.1" });
    expect(statusesOf(await guess(1, client.clientId, "203.0.113.1"))).toEqual([429]);
  });
});
