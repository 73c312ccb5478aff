import { randomBytes } from "node:crypto";
import { beforeAll, beforeEach, expect, inject, it } from "vitest";
import { database } from "@/lib/db/client";
import { setConfig } from "@/lib/env/config";
import { createExternalRoute } from "@/lib/machine/external/external-route";
import { createM2mApi } from "@/lib/machine/m2m-api";
import type { M2mPorts } from "@/lib/machine/m2m-ports";
import { log } from "@/lib/observability/logger";
import { METRICS, type MetricName } from "@/lib/observability/metrics/metric-definitions";
import { collectMetrics, formatMetrics, resetMetrics } from "@/lib/observability/metrics/metrics";
import { randomBase62 } from "@/lib/secrets/base62";
import { verificationConcurrency } from "@/lib/secrets/verification-queue";
import { checkReadiness } from "@/lib/server/health/check-readiness";
import { runPurges } from "@/lib/server/housekeeping";
import { openSharedLimits } from "@/lib/server/processes/shared-limits";
import { useTestDatabase } from "@/lib/testing/database/test-database";
import { createTestClient, makeUnknownSecret, type TestClient } from "@/lib/testing/machine/machine-application";
import { askForToken, callExternal, obtainToken, presentToken } from "@/lib/testing/machine/machine-requests";
import { findFreePort } from "@/lib/testing/process/loopback";
import { HEAD, useWireServer } from "@/lib/testing/process/wire-server";
import { createStaffMember } from "@/lib/testing/staff/staff-factory";
import { testConfig } from "@/lib/testing/test-config";
import { prepareMetrics } from "./prepare-metrics";

useTestDatabase();
const { listen } = useWireServer();
const isOnServer = inject("testDatabaseUrl") !== "";
const config = testConfig();
let client: TestClient;

beforeAll(async () => {
  setConfig(config);
  client = await createTestClient();
});
beforeEach(resetMetrics);

/** The series of one metric as somebody who reads them sees them. */
async function seriesOf(name: MetricName): Promise<string[]> {
  const text = await formatMetrics([await collectMetrics()]);
  const own = METRICS[name].type === "histogram" ? `${name}_count` : name;
  return text.split("\n").filter((line) => line.startsWith(`${own}{`) || line.startsWith(`${own} `));
}

const machineWith = (ports: Partial<M2mPorts> = {}) => createM2mApi(config, ports);
const wrong = () => ({ ...client, secret: makeUnknownSecret(client.clientId) });
const prepare = async () => prepareMetrics({ metricsToken: undefined });
const housekeep = (run: () => Promise<number>) =>
  runPurges({ links: { run } }, { config, now: () => new Date("2026-11-30T12:00:00.000Z") });
const askFailing = (port: number) => async () => {
  const limits = await openSharedLimits({ ...config, redisUrl: `redis://127.0.0.1:${port}` });
  await limits.close();
};
/** Rows that nothing stores, because the time for it never comes. */
const leaveRows = async () => {
  const machine = machineWith({ schedule: () => {} });
  await askForToken(machine, client, { fields: { grant_type: "nothing" } });
};

/** One request that comes in while Argon2 checks as many others as it may at once. */
async function fillTheQueue(look: () => Promise<void>): Promise<void> {
  let release = () => {};
  const released = new Promise<void>((resolve) => {
    release = resolve;
  });
  const machine = machineWith({ verifyHash: () => released.then(() => false) });
  const clients = await Promise.all(Array.from({ length: verificationConcurrency() + 1 }, () => createTestClient()));
  const answers = clients.map((each) => askForToken(machine, each));
  await look();
  release();
  await Promise.all(answers);
}

/** Somebody who wants a connection while all of them are in use. */
async function useAllConnections(look: () => Promise<void>): Promise<void> {
  let release = () => {};
  const released = new Promise<void>((resolve) => {
    release = resolve;
  });
  const sessions = Array.from({ length: 40 }, () => database().withSession(() => released));
  await look();
  release();
  await Promise.all(sessions);
}

type Move = {
  /** Does what it counts, or shows what it measures; what holds only for a while holds while `look` runs. */
  act(look: () => Promise<void>): Promise<unknown>;
  /** The series that are there then; each has a number that is not 0. */
  shows: RegExp;
};

const after = (act: () => Promise<unknown>) => async (look: () => Promise<void>) => {
  await act();
  await look();
};

const MOVES: { [Name in MetricName]: Move } = {
  vestibule_build_info: { act: after(prepare), shows: /^\S+\{version="\d+\.\d+\.\d+",node="v\d+\.\d+\.\d+"\} 1$/ },
  vestibule_workers: { act: after(prepare), shows: / 1$/ },
  vestibule_ready: {
    act: after(() =>
      checkReadiness({ now: () => new Date(), migrations: [], trySigning: async () => {}, dataDirectory: undefined }),
    ),
    shows: / 1$/,
  },
  vestibule_http_request_duration_seconds: {
    act: after(async () => (await listen()).send("GET /sign-in HTTP/1.1", ...HEAD, "", "")),
    shows: /\{method="GET",route="page",status="200"\} 1$/,
  },
  vestibule_request_refused_total: {
    act: after(async () => (await listen()).send("TRACE /sign-in HTTP/1.1", ...HEAD, "", "")),
    shows: /\{reason="method_not_routed"\} 1$/,
  },
  vestibule_token_issued_total: { act: after(() => obtainToken(machineWith(), client)), shows: / 1$/ },
  vestibule_token_refused_total: {
    act: after(() => askForToken(machineWith(), client, { fields: { grant_type: "nothing" } })),
    shows: /\{reason="\w+"\} 1$/,
  },
  vestibule_token_revoked_total: {
    act: after(async () => {
      const machine = machineWith();
      await presentToken(machine.revocationEndpoint, client, await obtainToken(machine, client));
    }),
    shows: / 1$/,
  },
  vestibule_revocation_ignored_total: {
    act: after(() => presentToken(machineWith().revocationEndpoint, client, "no.such.token")),
    shows: /\{reason="\w+"\} 1$/,
  },
  vestibule_revocation_refused_total: {
    act: after(() => presentToken(machineWith().revocationEndpoint, wrong(), "no.such.token")),
    shows: /\{reason="secret_not_live"\} 1$/,
  },
  vestibule_token_introspected_total: {
    act: after(() => presentToken(machineWith().introspectionEndpoint, client, "no.such.token")),
    shows: /\{active="false"\} 1$/,
  },
  vestibule_introspection_refused_total: {
    act: after(() => presentToken(machineWith().introspectionEndpoint, wrong(), "no.such.token")),
    shows: /\{reason="secret_not_live"\} 1$/,
  },
  vestibule_external_refused_total: {
    act: after(() => {
      const machine = machineWith();
      return callExternal(createExternalRoute(() => machine)({ scope: "rooms:list", run: async () => ({}) }));
    }),
    shows: /\{reason="no_credentials"\} 1$/,
  },
  vestibule_argon2_verify_total: {
    act: after(() => obtainToken(machineWith(), client)),
    shows: /\{result="match"\} 1$/,
  },
  vestibule_argon2_queue_depth: { act: fillTheQueue, shows: / 1$/ },
  vestibule_secret_tag_reject_total: {
    act: after(() => askForToken(machineWith(), { ...client, secret: "guessed" })),
    shows: / 1$/,
  },
  vestibule_verified_cache_hit_total: {
    act: after(async () => {
      const machine = machineWith();
      for (let index = 0; index < 3; index += 1) await obtainToken(machine, client);
    }),
    shows: /\{kind="positive"\} 2$/,
  },
  vestibule_group_read_size: {
    act: after(async () => {
      const machine = machineWith();
      const route = createExternalRoute(() => machine)({ scope: "rooms:list", run: async () => ({}) });
      await callExternal(route, { token: await obtainToken(machine, client) });
    }),
    shows: /\{read="(?:client|authority)"\} [1-9]$/,
  },
  vestibule_database_connections: { act: useAllConnections, shows: /\{state="used"\} [1-9]\d*$|\{state="idle"\} \d+$/ },
  vestibule_database_connection_waiting: { act: useAllConnections, shows: / [1-9]\d*$/ },
  vestibule_activity_rows_waiting: { act: after(leaveRows), shows: / 1$/ },
  vestibule_activity_oldest_row_seconds: {
    act: after(async () => {
      let now = new Date("2026-11-30T12:00:00.000Z");
      const machine = machineWith({ schedule: () => {}, now: () => now });
      await askForToken(machine, client, { fields: { grant_type: "nothing" } });
      now = new Date("2026-11-30T12:00:07.500Z");
    }),
    shows: / 7\.5$/,
  },
  vestibule_activity_lost_total: {
    act: after(async () => {
      const unstorable = () => Promise.reject(Object.assign(new Error("not a time"), { code: "22007" }));
      const machine = createM2mApi(testConfig({ activityWrite: "soon" }), {
        schedule: () => {},
        storeActivity: unstorable,
      });
      await obtainToken(machine, client);
      await machine.settled();
    }),
    shows: / 1$/,
  },
  vestibule_activity_left_out_total: {
    act: after(async () => {
      const machine = machineWith({ schedule: () => {} });
      for (let index = 0; index < 25; index += 1) {
        const nobody = { clientId: randomBase62(40, randomBytes), secret: "guessed" };
        await askForToken(machine, nobody, { address: `192.0.2.${index + 1}` });
      }
      await machine.settled();
    }),
    shows: / 5$/,
  },
  vestibule_staff_sessions: {
    act: after(async () => {
      await prepare();
      const { id: staffMemberId, sessionVersion } = await createStaffMember();
      const [later, earlier] = [new Date(Date.now() + 60_000), new Date(Date.now() - 60_000)];
      const dead = [
        { expiresAt: earlier },
        { expiresAt: later, endedAt: earlier },
        { expiresAt: later, sessionVersion: sessionVersion + 1 },
        { expiresAt: later, lastSeenAt: new Date(Date.now() - 31 * 60_000) },
      ];
      for (const one of [{ expiresAt: later }, ...dead]) {
        await database().staffSession.create({ data: { staffMemberId, sessionVersion, ...one }, select: { id: true } });
      }
    }),
    shows: / 1$/,
  },
  vestibule_rate_limits_shared: { act: after(async () => askFailing(await findFreePort())()), shows: / 0$/ },
  vestibule_housekeeping_deleted_total: {
    act: after(() => {
      const slices = [40, 2, 0];
      return housekeep(async () => slices.shift() ?? 0);
    }),
    shows: /\{task="links"\} 42$/,
  },
  vestibule_housekeeping_failed_total: {
    act: after(() => housekeep(() => Promise.reject(new Error("The table is locked.")))),
    shows: /\{task="links"\} 1$/,
  },
  vestibule_housekeeping_success_timestamp_seconds: {
    act: after(() => housekeep(async () => 0)),
    shows: /\{task="links"\} 1796040000$/,
  },
  vestibule_log_entries_total: {
    act: after(async () => {
      log.warn({ event: "not_ready" }, "not ready");
      log.error({ event: "request_failed" }, "failed");
    }),
    shows: /\{level="(?:warn|error)"\} 1$/,
  },
};

/** The embedded database has no connections to count. */
const ON_SERVERS: readonly MetricName[] = ["vestibule_database_connections", "vestibule_database_connection_waiting"];
// The table has a key for every metric: the compiler sees to that.
const moves = Object.entries(MOVES) as [MetricName, Move][];

it.each(moves)("%s moves", async (name, { act, shows }) => {
  if (ON_SERVERS.includes(name) && !isOnServer) {
    expect(await seriesOf(name)).toEqual([]);
    return;
  }
  let looked = 0;
  await act(async () => {
    const odd = async () => {
      const series = await seriesOf(name);
      return series.length === 0 ? ["no series"] : series.filter((line) => !shows.test(line));
    };
    // What began just now has to arrive.
    await expect.poll(odd, { timeout: 60_000 }).toEqual([]);
    looked += 1;
  });
  expect(looked).toBe(1);
});
