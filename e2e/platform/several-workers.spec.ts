import { execFileSync } from "node:child_process";
import { randomBytes } from "node:crypto";
import { expect, test } from "@playwright/test";
import { answersAsRedis } from "../../lib/testing/process/loopback";
import { findPostgres } from "../../scripts/testing/test-environment.mjs";
import { freshAddress, send } from "../support/http-client";
import { postForm, tokenForm } from "../support/oauth-requests";
import { createOwnDatabase, migrate, type OwnDatabase } from "../support/own-database";
import { type OwnServer, startOwnServer } from "../support/own-server";
import { skipIfMissing } from "../support/run-client";
import { copyDataDirectory } from "../support/server";

test.describe.configure({ mode: "serial" });

const WORKERS = "3";
const postgres = await findPostgres();
const redis = await answersAsRedis();
let database: OwnDatabase | undefined;

const countOf = (server: OwnServer, text: string) => server.output().split(text).length - 1;
const isReady = async ({ baseUrl }: OwnServer) => (await send(baseUrl, { path: "/api/health/ready" })).status;

/** The processes that one has started and that live, but for the one that looks for them. */
function childrenOf(parent: number): number[] {
  const table = execFileSync("ps", ["-A", "-o", "pid=,ppid=,stat="], { encoding: "utf8" });
  const rows = table.split("\n").map((line) => line.trim().split(/\s+/));
  return rows
    .filter(([, ppid, state]) => Number(ppid) === parent && !state?.startsWith("Z"))
    .map(([pid]) => Number(pid));
}

test.beforeAll(async () => {
  if (postgres.url !== undefined) database = await createOwnDatabase(postgres.url);
});
test.afterAll(() => database?.drop());

test("WORKERS with the embedded database is refused, with what to do", async () => {
  const server = await startOwnServer({ DATA_DIR: copyDataDirectory("workers"), WORKERS });
  expect(await server.exited).toEqual({ code: 1, signal: null });
  expect(server.output()).toContain(
    "WORKERS: more than one worker needs DATABASE_URL: the embedded database is open to one process. Set it to a PostgreSQL server, or leave WORKERS out",
  );
});

test("what keeps workers from starting is said once, and nothing is left behind", async () => {
  skipIfMissing(postgres.url === undefined ? postgres.reason : undefined);
  const server = await startOwnServer({ ...database?.environment, WORKERS });
  expect(await server.exited).toEqual({ code: 1, signal: null });
  expect(countOf(server, "Vestibule did not start.")).toBe(1);
  expect(countOf(server, "Apply with: npm run db:migrate")).toBe(1);
});

test("workers share the port, make one administrator, replace the one that is killed, and stop in order", async () => {
  skipIfMissing(postgres.url === undefined ? postgres.reason : undefined);
  await migrate(database?.environment ?? {});
  const METRICS_TOKEN = randomBytes(24).toString("hex");
  const server = await startOwnServer({ ...database?.environment, WORKERS, METRICS_TOKEN });
  await server.ready;
  expect(countOf(server, "The first administrator was created.")).toBe(1);
  expect(countOf(server, "Opening the database")).toBe(1);
  expect(countOf(server, "Vestibule is ready at")).toBe(1);
  expect(server.output()).toContain(
    "Warning: WORKERS is 3, but REDIS_URL is not set: every limit counts in each worker",
  );

  const workers = childrenOf(server.process.pid ?? 0);
  expect(workers).toHaveLength(3);
  const [victim = 0] = workers;
  process.kill(victim, "SIGKILL");
  await expect.poll(() => server.output()).toContain('"event":"worker_ended"');
  await expect.poll(() => childrenOf(server.process.pid ?? 0).length).toBe(3);
  for (let request = 0; request < 12; request += 1) expect(await isReady(server)).toBe(200);

  // Whichever of them is asked, the answer is that of all: each request above is in it.
  const asked = { path: "/api/metrics", headers: { Authorization: `Bearer ${METRICS_TOKEN}` } };
  // One that has only just been started answers when it has read its code.
  const read = async () => (await send(server.baseUrl, asked)).text;
  await expect.poll(read).toContain("\nvestibule_workers 3\n");
  const text = await read();
  expect(text).toContain("\nvestibule_ready 1\n");
  expect(text).toContain('{method="GET",route="/api/health/ready",status="200"} 12\n');
  expect(text).toMatch(/\nnodejs_eventloop_lag_p99_seconds \d/);
  expect(text).toMatch(/\nprocess_resident_memory_bytes \d/);
  expect(text).toMatch(/\nvestibule_build_info\{version="[\d.]+",node="v[\d.]+"\} 1\n/);

  const left = childrenOf(server.process.pid ?? 0);
  server.process.kill("SIGTERM");
  expect(await server.exited).toEqual({ code: 0, signal: null });
  for (const pid of left) expect(() => process.kill(pid, 0)).toThrow(/ESRCH/);
});

test("workers with one Redis count guesses together", async () => {
  skipIfMissing(postgres.url === undefined ? postgres.reason : undefined);
  skipIfMissing(redis ? undefined : "no Redis at 127.0.0.1:6379");
  const environment = { ...database?.environment, WORKERS, REDIS_URL: "redis://127.0.0.1:6379" };
  const server = await startOwnServer(environment);
  await server.ready;
  expect(server.output()).not.toContain("Warning: WORKERS");
  const from = freshAddress();
  const guess = tokenForm({ clientId: "nobody", clientSecret: "guessed" }, "alice@example.com");
  const statuses: number[] = [];
  for (let round = 0; round < 24; round += 1) statuses.push((await postForm(server.baseUrl, guess, { from })).status);
  expect(statuses).toEqual([...Array(20).fill(401), ...Array(4).fill(429)]);
  server.process.kill("SIGTERM");
  expect(await server.exited).toEqual({ code: 0, signal: null });
});

test("a port that is taken is said once, by all workers together", async () => {
  skipIfMissing(postgres.url === undefined ? postgres.reason : undefined);
  const environment = { ...database?.environment, WORKERS, PORT: process.env.E2E_PORT ?? "" };
  const server = await startOwnServer(environment);
  expect(await server.exited).toEqual({ code: 1, signal: null });
  expect(countOf(server, `Port ${process.env.E2E_PORT} is in use already. Choose another one with PORT.`)).toBe(1);
});
