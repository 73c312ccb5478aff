// Two instances whose clocks differ: one issues tokens, the other is where somebody takes them away.
import { randomUUID } from "node:crypto";
import { beforeAll, describe, expect, it } from "vitest";
import type { StaffActor } from "@/lib/audit/actor";
import { setConfig } from "@/lib/env/config";
import { createExternalRoute } from "@/lib/machine/external/external-route";
import { createM2mApi, type M2mApi } from "@/lib/machine/m2m-api";
import { LEEWAY_SECONDS } from "@/lib/oauth/jose/compact-jws";
import { setPersonDelegation } from "@/lib/people/set-person-delegation";
import { setPersonStatus } from "@/lib/people/set-person-status";
import { useTestDatabase } from "@/lib/testing/database/test-database";
import { createTestClient, createTestPerson } from "@/lib/testing/machine/machine-application";
import { callExternal, obtainToken } from "@/lib/testing/machine/machine-requests";
import { testConfig } from "@/lib/testing/test-config";
import { contextOf } from "@/lib/testing/verb-context";
import { revokeAllTokens } from "./revoke-all-tokens";
import { revokeApplicationTokens } from "./revoke-application-tokens";
import { revokePersonTokens } from "./revoke-person-tokens";

useTestDatabase();
const ACTOR: StaffActor = {
  kind: "staff",
  id: randomUUID(),
  role: "administrator",
  ip: "192.0.2.1",
  requestId: "request-1",
};
const START = Date.parse("2026-11-23T12:00:00.000Z");

beforeAll(() => setConfig(testConfig()));

function instance(clock: () => number): M2mApi {
  return createM2mApi(testConfig(), { now: () => new Date(clock()), schedule: () => {} });
}

function status(machine: M2mApi, token: string): Promise<number> {
  const route = createExternalRoute(() => machine)({ scope: "rooms:list", run: async () => ({}) });
  return callExternal(route, { token }).then((answer) => answer.status);
}

type Subject = { personId: string; applicationId: string };
type Verb = (at: Date, subject: Subject) => Promise<unknown>;

/** Every way to revoke the tokens there are, and what is done to let new ones work. The last goes last: it is for everybody. */
const REVOCATIONS: [how: string, revoke: Verb, restore: Verb][] = [
  [
    "deactivating the person",
    (at, { personId }) => setPersonStatus(contextOf(ACTOR, at), { personId, isActive: false }),
    (at, { personId }) => setPersonStatus(contextOf(ACTOR, at), { personId, isActive: true }),
  ],
  [
    "turning delegation off",
    (at, { personId }) => setPersonDelegation(contextOf(ACTOR, at), { personId, isDelegationAllowed: false }),
    (at, { personId }) => setPersonDelegation(contextOf(ACTOR, at), { personId, isDelegationAllowed: true }),
  ],
  [
    "revoking the tokens of the person",
    (at, { personId }) => revokePersonTokens(contextOf(ACTOR, at), { personId }),
    async () => {},
  ],
  [
    "revoking the tokens of the application",
    (at, { applicationId }) => revokeApplicationTokens(contextOf(ACTOR, at), { applicationId }),
    async () => {},
  ],
  [
    "revoking every token",
    (at) => revokeAllTokens(contextOf(ACTOR, at), { confirmation: "localhost:3000" }),
    async () => {},
  ],
];

describe.each(REVOCATIONS)("%s", (_how, revoke, restore) => {
  it.each([-LEEWAY_SECONDS, 0, 3, LEEWAY_SECONDS])(
    "ends a token of an instance whose clock is %d seconds ahead, for good, and none that is issued later",
    async (ahead) => {
      let time = START + ahead * 60_000;
      const [here, there] = [instance(() => time), instance(() => time + ahead * 1000)];
      const [client, person] = [await createTestClient(), await createTestPerson()];
      const subject = { personId: person.id, applicationId: client.id };
      const ask = () => obtainToken(there, client, { fields: { scope: person.email } });
      const token = await ask();
      expect(await status(here, token)).toBe(200);
      await revoke(new Date(time), subject);
      expect(await status(here, token)).toBe(401);
      await restore(new Date(time), subject);
      // As long as it would have lived, by either clock.
      for (const seconds of [1, 10, 240]) {
        time += seconds * 1000;
        expect([await status(here, token), await status(there, token)]).toEqual([401, 401]);
      }
      expect(await status(here, await ask())).toBe(200);
    },
  );
});
