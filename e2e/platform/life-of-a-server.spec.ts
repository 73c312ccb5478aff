import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "@playwright/test";
import { send } from "../support/http-client";
import { startOwnServer } from "../support/own-server";
import { copyDataDirectory, makeDataDirectory } from "../support/server";

test.describe.configure({ mode: "serial" });

const DATA_DIR = makeDataDirectory("life");
let firstStartMs = 0;

test("the first start prints the administrator's password once and keeps the keys to itself", async () => {
  const begun = performance.now();
  const server = await startOwnServer({ DATA_DIR });
  await server.ready;
  firstStartMs = performance.now() - begun;
  expect(server.output()).toMatch(/Email {8}admin@vestibule\.localhost\n {4}Password {5}\S{20,}\n/);
  expect(statSync(DATA_DIR).mode & 0o077).toBe(0);
  const keys = join(DATA_DIR, "keys");
  expect(readdirSync(keys).map((name) => [name, statSync(join(keys, name)).mode & 0o777])).toEqual([
    ["auth-secret", 0o600],
    ["master-key", 0o600],
    ["token-signing-keys.json", 0o600],
  ]);
  server.process.kill("SIGKILL");
  expect((await server.exited).signal).toBe("SIGKILL");
});

test("after kill -9 it starts again at once, with everything it had acknowledged", async () => {
  const begun = performance.now();
  const server = await startOwnServer({ DATA_DIR });
  await server.ready;
  // How long a start takes is for the machine to say; the first one, which made the database, has said it.
  expect(performance.now() - begun).toBeLessThan(30_000 + 4 * firstStartMs);
  expect(server.output()).not.toContain("first administrator");
  expect((await send(server.baseUrl, { path: "/api/health/ready" })).json).toEqual({
    status: "ready",
    version: JSON.parse(readFileSync("package.json", "utf8")).version,
  });
  server.process.kill("SIGTERM");
  expect(await server.exited).toEqual({ code: 0, signal: null });
});

test("with LOG_FORMAT=ecs every line of the log has the names of that schema", async () => {
  const server = await startOwnServer({ DATA_DIR, LOG_FORMAT: "ecs" });
  await server.ready;
  expect((await send(server.baseUrl, { method: "TRACE", path: "/sign-in" })).status).toBe(405);
  server.process.kill("SIGTERM");
  expect(await server.exited).toEqual({ code: 0, signal: null });
  const lines = server
    .output()
    .split("\n")
    .filter((line) => line.startsWith("{"));
  expect(lines.map((line): unknown => JSON.parse(line))).toContainEqual(
    expect.objectContaining({
      "@timestamp": expect.any(String),
      "log.level": "info",
      "ecs.version": "8.11.0",
      event: expect.objectContaining({ action: "request_refused", reason: "method_not_routed", outcome: "failure" }),
      client: { ip: expect.any(String) },
    }),
  );
  for (const line of lines) expect(line).toContain('"@timestamp"');
});

test("a second server on the same data is refused, names the first, and does not disturb it", async () => {
  const first = await startOwnServer({ DATA_DIR });
  await first.ready;
  const second = await startOwnServer({ DATA_DIR });
  expect(await second.exited).toEqual({ code: 1, signal: null });
  expect(second.output()).toContain(
    `Another Vestibule (process ${first.process.pid}) is using ${DATA_DIR}. Stop it first, or give this one a DATA_DIR of its own.`,
  );
  expect((await send(first.baseUrl, { path: "/api/health/ready" })).status).toBe(200);
  first.process.kill("SIGINT");
  expect(await first.exited).toEqual({ code: 0, signal: null });
});

test("a signal that npm repeats is still a clean stop, even in the middle of a start", async () => {
  const server = await startOwnServer({ DATA_DIR });
  await expect.poll(() => server.output()).toContain("Opening the database");
  server.process.kill("SIGTERM");
  server.process.kill("SIGINT");
  expect(await server.exited).toEqual({ code: 0, signal: null });
  const again = await startOwnServer({ DATA_DIR });
  await again.ready;
  again.process.kill("SIGTERM");
  expect(await again.exited).toEqual({ code: 0, signal: null });
});

test("a port that is taken is said in one sentence, and the data is free for the next start", async () => {
  const server = await startOwnServer({ DATA_DIR: copyDataDirectory("port"), PORT: process.env.E2E_PORT ?? "" });
  expect(await server.exited).toEqual({ code: 1, signal: null });
  expect(server.output()).toContain(`Port ${process.env.E2E_PORT} is in use already. Choose another one with PORT.`);
});
