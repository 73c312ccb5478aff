import { beforeAll, beforeEach, describe, expect, it } from "vitest";
import { deleteApplication } from "@/lib/applications/delete-application";
import { markSecretCompromised } from "@/lib/applications/secrets/revocation/mark-secret-compromised";
import { revokeSecret } from "@/lib/applications/secrets/revocation/revoke-secret";
import { rotateSecret } from "@/lib/applications/secrets/rotate-secret";
import type { StaffActor } from "@/lib/audit/actor";
import { setConfig } from "@/lib/env/config";
import { createExternalRoute } from "@/lib/machine/external/external-route";
import { createM2mApi, type M2mApi } from "@/lib/machine/m2m-api";
import { useTestDatabase } from "@/lib/testing/database/test-database";
import { addTestSecret, createTestClient, type TestClient } from "@/lib/testing/machine/machine-application";
import { askForToken, callExternal, obtainToken } from "@/lib/testing/machine/machine-requests";
import { createTestClock, START } from "@/lib/testing/secret-clock";
import { createStaffActor } from "@/lib/testing/staff/staff-factory";
import { testConfig } from "@/lib/testing/test-config";
import { contextOf } from "@/lib/testing/verb-context";
import { revokeApplicationTokens } from "@/lib/tokens/revoke-application-tokens";

const test = useTestDatabase();
const HEADER = "vestibule-secret-ends";
const HOUR = 3_600;
const DAY = 24 * HOUR;

let staff: StaffActor;
let client: TestClient;
let clock: ReturnType<typeof createTestClock>;
let here: M2mApi;
let there: M2mApi;

beforeAll(async () => {
  setConfig(testConfig());
  staff = await createStaffActor();
});

// Two instances: each with its own memory, both on the same database.
beforeEach(async () => {
  client = await createTestClient();
  clock = createTestClock();
  here = createM2mApi(testConfig(), { now: clock.now });
  there = createM2mApi(testConfig(), { now: clock.now });
});

function whoami(machine: M2mApi) {
  return createExternalRoute(() => machine)({ scope: "rooms:list", run: async (_input, { actor }) => actor.id });
}

const callWith = async (machine: M2mApi, token: string) => (await callExternal(whoami(machine), { token })).status;

async function rotate(revocation: "24h" | "date", revocationAt = ""): Promise<TestClient> {
  const input = {
    applicationId: client.id,
    secretIds: [client.secretId],
    revocation,
    revocationAt,
    label: "",
    expiresAt: "",
  };
  const { clientSecret } = await rotateSecret(contextOf(staff, clock.now), input);
  return { ...client, secret: clientSecret };
}

describe("a rotated secret", () => {
  it("works on every instance beside the new one until its end, to the second, and not after it", async () => {
    const successor = await rotate("24h");
    clock.pass(DAY - 1);
    for (const machine of [here, there]) {
      expect((await askForToken(machine, client)).status).toBe(200);
      expect((await askForToken(machine, successor)).status).toBe(200);
    }
    clock.pass(1);
    for (const machine of [here, there]) {
      expect((await askForToken(machine, client)).status).toBe(401);
      expect((await askForToken(machine, successor)).status).toBe(200);
    }
  });

  it("takes its tokens with it, and leaves those of the new one", async () => {
    const successor = await rotate("date", "2026-11-23T12:30");
    const [old, recent] = [await obtainToken(here, client), await obtainToken(here, successor)];
    clock.pass(HOUR / 2 - 1);
    expect(await callWith(there, old)).toBe(200);
    clock.pass(1);
    expect(await callWith(there, old)).toBe(401);
    expect(await callWith(there, recent)).toBe(200);
  });

  it("is refused by the other instance in its next request when it was ended early", async () => {
    const successor = await rotate("24h");
    const token = await obtainToken(there, client);
    await revokeSecret(contextOf(staff, clock.now), {
      applicationId: client.id,
      secretId: client.secretId,
      revocation: "now",
      revocationAt: "",
      confirmation: "",
    });
    expect((await askForToken(there, client)).status).toBe(401);
    expect(await callWith(there, token)).toBe(401);
    expect((await askForToken(there, successor)).status).toBe(200);
  });
});

describe("a compromised secret", () => {
  it("is dead on the other instance in its next request, and so are its tokens, even if that one's clock is late", async () => {
    const late = createM2mApi(testConfig(), { now: () => new Date(clock.now().getTime() - 10 * 60_000) });
    await addTestSecret(client);
    const token = await obtainToken(late, client);
    expect(await callWith(late, token)).toBe(200);
    await markSecretCompromised(contextOf(staff, clock.now), {
      applicationId: client.id,
      secretId: client.secretId,
      confirmation: "",
    });
    expect((await askForToken(late, client)).status).toBe(401);
    expect(await callWith(late, token)).toBe(401);
  });

  it("leaves the other secrets and their tokens alone", async () => {
    const other = { ...client, ...(await addTestSecret(client)) };
    const token = await obtainToken(here, other);
    await markSecretCompromised(contextOf(staff, clock.now), {
      applicationId: client.id,
      secretId: client.secretId,
      confirmation: "",
    });
    expect(await callWith(there, token)).toBe(200);
    expect((await askForToken(there, other)).status).toBe(200);
  });
});

describe("the kill switches of an application", () => {
  it("end all its tokens on every instance, while its secret gets new ones at once", async () => {
    const bystander = await createTestClient();
    const [token, theirs] = [await obtainToken(here, client), await obtainToken(here, bystander)];
    await revokeApplicationTokens(contextOf(staff), { applicationId: client.id });
    for (const machine of [here, there]) {
      expect(await callWith(machine, token)).toBe(401);
      expect(await callWith(machine, theirs)).toBe(200);
      expect(await callWith(machine, await obtainToken(machine, client))).toBe(200);
    }
  });

  it("end everything with the application itself", async () => {
    const token = await obtainToken(here, client);
    await deleteApplication(contextOf(staff), { applicationId: client.id, rooms: "keep", confirmation: "Calendar" });
    for (const machine of [here, there]) {
      expect(await callWith(machine, token)).toBe(401);
      expect((await askForToken(machine, client)).status).toBe(401);
    }
  });
});

describe("the answer of the token endpoint", () => {
  const headerOf = async (call?: Parameters<typeof askForToken>[2]) =>
    (await askForToken(here, client, call)).headers[HEADER];
  const setEnd = (data: { revokedAt?: Date; expiresAt?: Date }) =>
    test.database.applicationSecret.update({ where: { id: client.secretId }, data });
  const later = (seconds: number) => new Date(START.getTime() + seconds * 1_000);

  it("says when the secret ends from the moment that this is decided, to its holder alone", async () => {
    expect(await headerOf()).toBeUndefined();
    const successor = await rotate("24h");
    expect(await headerOf()).toBe("Tue, 24 Nov 2026 12:00:00 GMT");
    expect(await headerOf({ method: "post" })).toBe("Tue, 24 Nov 2026 12:00:00 GMT");
    expect((await askForToken(here, successor)).headers).not.toHaveProperty(HEADER);
  });

  it("says so for an expiry in its last 14 days only", async () => {
    await setEnd({ expiresAt: later(14 * DAY + 1) });
    expect(await headerOf()).toBeUndefined();
    clock.pass(1);
    expect(await headerOf()).toBe("Mon, 07 Dec 2026 12:00:01 GMT");
  });

  it("names what comes first", async () => {
    await setEnd({ revokedAt: later(3 * DAY), expiresAt: later(2 * DAY) });
    expect(await headerOf()).toBe("Wed, 25 Nov 2026 12:00:00 GMT");
    await setEnd({ revokedAt: later(DAY) });
    expect(await headerOf()).toBe("Tue, 24 Nov 2026 12:00:00 GMT");
    await setEnd({ revokedAt: later(30 * DAY), expiresAt: later(60 * DAY) });
    expect(await headerOf()).toBe("Wed, 23 Dec 2026 12:00:00 GMT");
  });

  it("says nothing to anybody else, and nothing in a refusal", async () => {
    const other = await createTestClient({ domains: ["gov.example"] });
    await test.database.applicationSecret.update({ where: { id: other.secretId }, data: { revokedAt: later(DAY) } });
    await setEnd({ revokedAt: later(DAY) });
    const answers = [
      await askForToken(here, { clientId: client.clientId, secret: other.secret }),
      await askForToken(here, { clientId: client.clientId, secret: "guess" }),
      await askForToken(here, client, { fields: { scope: "nonsense" } }),
      await askForToken(here, other),
    ];
    expect(answers.map(({ status }) => status)).toEqual([401, 401, 400, 400]);
    for (const { headers } of answers) expect(headers).not.toHaveProperty(HEADER);
  });
});
