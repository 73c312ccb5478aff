import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { randomBytes } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { afterAll } from "vitest";
import { answersAsRedis, findFreePort } from "./loopback";

const LOCAL = "redis://127.0.0.1:6379";

/** Whether `redis-server` can be started here. */
export const canStartRedis = spawnSync("redis-server", ["--version"]).status === 0;

/** Whether there is a Redis for tests: one that answers at its usual port, or one that can be started. */
export const hasRedis = canStartRedis || (await answersAsRedis());

export type OwnRedis = {
  port: number;
  url: string;
  process: ChildProcess;
  /** Runs one command with redis-cli and returns what it prints. */
  run(...command: string[]): string;
  stop(): Promise<void>;
};

/** Starts a Redis of this test alone, which keeps nothing; on the port of one that was stopped to have it back. */
export async function startOwnRedis({ port, args = [] }: { port?: number; args?: string[] } = {}): Promise<OwnRedis> {
  const listening = port ?? (await findFreePort());
  const folder = await mkdtemp(join(tmpdir(), "vestibule-redis-"));
  const ports = args.includes("--tls-port") ? ["--port", "0"] : ["--port", String(listening)];
  const kept = ["--save", "", "--appendonly", "no", "--dir", folder, "--bind", "127.0.0.1"];
  const server = spawn("redis-server", [...kept, ...ports, ...args], { stdio: ["ignore", "pipe", "inherit"] });
  const exited = new Promise<void>((resolve) => server.on("close", () => resolve()));
  await new Promise<void>((resolve, reject) => {
    createInterface({ input: server.stdout }).on("line", (line) => {
      if (line.includes("Ready to accept connections")) resolve();
    });
    void exited.then(() => reject(new Error("redis-server ended.")));
  });
  return {
    port: listening,
    url: `redis://127.0.0.1:${listening}`,
    process: server,
    run: (...command) => spawnSync("redis-cli", ["-p", String(listening), ...command], { encoding: "utf8" }).stdout,
    async stop() {
      server.kill("SIGKILL");
      await exited;
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/**
 * Names a Redis that the tests of one file share with others: the one at its usual port, or else one of their own. Whoever
 * counts there uses an installation of their own; `installation` is one, and all that is counted expires by itself.
 */
export async function useTestRedis(): Promise<{ url: string; installation(): { secret: string; name: string } }> {
  const installation = () => ({ secret: randomBytes(24).toString("hex"), name: "http://localhost:3000" });
  if (await answersAsRedis()) return { url: LOCAL, installation };
  const own = await startOwnRedis();
  afterAll(() => own.stop());
  return { url: own.url, installation };
}
