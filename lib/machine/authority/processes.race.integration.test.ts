import { type ChildProcess, fork } from "node:child_process";
import { afterAll, beforeAll, describe, expect, inject, it } from "vitest";
import { markSecretCompromised } from "@/lib/applications/secrets/revocation/mark-secret-compromised";
import { revokeSecret } from "@/lib/applications/secrets/revocation/revoke-secret";
import { rotateSecret } from "@/lib/applications/secrets/rotate-secret";
import { setApplicationStatus } from "@/lib/applications/status/set-application-status";
import type { StaffActor } from "@/lib/audit/actor";
import { setConfig } from "@/lib/env/config";
import { m2mApi } from "@/lib/machine/m2m-api";
import { serverUrl } from "@/lib/testing/database/server-database";
import { useTestDatabase } from "@/lib/testing/database/test-database";
import { createTestClient, type TestClient } from "@/lib/testing/machine/machine-application";
import { askForToken, obtainToken, presentToken } from "@/lib/testing/machine/machine-requests";
import { prepareChildScript } from "@/lib/testing/process/child-script";
import type { RaceOrder } from "@/lib/testing/race/race-caller.child";
import { moment, type RaceReport, type RaceRequest, startLoad } from "@/lib/testing/race/race-load";
import { RACE_CONFIG } from "@/lib/testing/race/race-settings";
import { createStaffActor } from "@/lib/testing/staff/staff-factory";
import { testConfig } from "@/lib/testing/test-config";
import { contextOf } from "@/lib/testing/verb-context";
import { revokeApplicationTokens } from "@/lib/tokens/revoke-application-tokens";

declare module "vitest" {
  export interface ProvidedContext {
    /** How many races are run, all kinds together: `npm run race -- 10000`. */
    raceRounds: number;
  }
}

type RoundClient = TestClient & { token: string };
const NOW = { revocation: "now", revocationAt: "" } as const;
const CALLS = ["list", "create"] as const;
let staff: StaffActor;

/** What is done in this process, and what is refused in every process once it has returned. */
const RACES: Record<string, { act(client: RoundClient): Promise<unknown>; ends: readonly RaceRequest[] }> = {
  "revoking a secret": {
    act: ({ id: applicationId, secretId }) =>
      revokeSecret(contextOf(staff), { applicationId, secretId, confirmation: "Calendar", ...NOW }),
    ends: ["token", ...CALLS],
  },
  "marking a secret as compromised": {
    act: ({ id: applicationId, secretId }) =>
      markSecretCompromised(contextOf(staff), { applicationId, secretId, confirmation: "Calendar" }),
    ends: ["token", ...CALLS],
  },
  "rotating a secret at once": {
    async act({ id: applicationId, clientId, secretId }) {
      const { clientSecret: secret } = await rotateSecret(contextOf(staff), {
        applicationId,
        secretIds: [secretId],
        label: "",
        expiresAt: "",
        ...NOW,
      });
      const endedAt = moment();
      expect((await askForToken(m2mApi(), { clientId, secret })).status).toBe(200);
      return endedAt;
    },
    ends: ["token", ...CALLS],
  },
  "deactivating an application": {
    act: ({ id: applicationId }) => setApplicationStatus(contextOf(staff), { applicationId, isActive: false }),
    ends: ["token", ...CALLS],
  },
  "revoking all tokens of an application": {
    act: ({ id: applicationId }) => revokeApplicationTokens(contextOf(staff), { applicationId }),
    ends: CALLS,
  },
  "revoking a token": {
    async act(client) {
      expect((await presentToken(m2mApi().revocationEndpoint, client, client.token)).status).toBe(200);
    },
    ends: CALLS,
  },
};

describe.runIf(inject("testDatabaseUrl") !== "")("of two processes on one database", () => {
  const test = useTestDatabase();
  const rounds = Math.ceil(inject("raceRounds") / Object.keys(RACES).length);
  let script: Awaited<ReturnType<typeof prepareChildScript>>;
  let other: ChildProcess;

  beforeAll(async () => {
    setConfig(testConfig(RACE_CONFIG));
    staff = await createStaffActor();
    script = await prepareChildScript("lib/testing/race/race-caller.child.ts");
    const [row] = await test.database.$queryRaw<{ name: string }[]>`SELECT current_database() AS name`;
    other = fork(script.path, [serverUrl({ database: row?.name ?? "" })], {
      stdio: ["ignore", "inherit", "inherit", "ipc"],
    });
    await nextMessage();
  });
  afterAll(async () => {
    const ended = new Promise((resolve) => other.on("exit", resolve));
    other.disconnect();
    await ended;
    await script.dispose();
  });

  function nextMessage(): Promise<unknown> {
    return new Promise((resolve, reject) => {
      const onExit = () => reject(new Error("The other process ended."));
      other.once("exit", onExit);
      other.once("message", (message) => {
        other.off("exit", onExit);
        resolve(message);
      });
    });
  }

  function order(what: RaceOrder): Promise<unknown> {
    const answer = nextMessage();
    other.send(what);
    return answer;
  }

  it.each(Object.entries(RACES))(
    "%s is over in both when it has returned: no request that starts later succeeds",
    async (_what, { act, ends }) => {
      for (let round = 0; round < rounds; round += 1) {
        const made = await createTestClient();
        const client = { ...made, token: await obtainToken(m2mApi(), made) };
        const credentials = { clientId: client.clientId, secret: client.secret, token: client.token };
        const here = startLoad(credentials);
        await Promise.all([here.begun, order({ credentials })]);

        const returned = await act(client);
        const endedAt = typeof returned === "number" ? returned : moment();
        const reports = await Promise.all([here.finish(endedAt), order({ endedAt }) as Promise<RaceReport>]);
        for (const report of reports) {
          for (const request of ends) {
            expect(report[request]).toMatchObject({ succeededAfter: 0 });
            expect(report[request].succeededBefore).toBeGreaterThan(0);
            expect(report[request].refusedAfter).toBeGreaterThan(0);
          }
        }
      }
    },
  );
});
