import { spawn, spawnSync } from "node:child_process";
import { chmod, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { inject } from "vitest";
import { findFreePort } from "@/lib/testing/process/loopback";

/** Whether PgBouncer is installed here. Debian keeps it where only root looks. */
export const PGBOUNCER = ["pgbouncer", "/usr/sbin/pgbouncer"].find(
  (command) => spawnSync(command, ["--version"]).status === 0,
);

export type TestPgBouncer = { port: number; stop(): Promise<void> };

/**
 * Starts PgBouncer in front of the test server, by transaction and with few connections to it. Everybody is let in as
 * `user`, to the database that they name.
 */
export async function startPgBouncer({ user, poolSize }: { user: string; poolSize: number }): Promise<TestPgBouncer> {
  const server = new URL(inject("testDatabaseUrl"));
  const port = await findFreePort();
  const folder = await mkdtemp(join(tmpdir(), "vestibule-pgbouncer-"));
  const settings = [
    "[databases]",
    `* = host=${server.hostname} port=${server.port || 5432} user=${user}`,
    "[pgbouncer]",
    "listen_addr = 127.0.0.1",
    `listen_port = ${port}`,
    "unix_socket_dir =",
    "auth_type = any",
    "pool_mode = transaction",
    `default_pool_size = ${poolSize}`,
    "max_client_conn = 500",
    // It refuses to be root.
    ...(process.getuid?.() === 0 ? ["user = nobody"] : []),
  ];
  const path = join(folder, "pgbouncer.ini");
  await chmod(folder, 0o755);
  await writeFile(path, `${settings.join("\n")}\n`);
  const bouncer = spawn(PGBOUNCER ?? "pgbouncer", [path], { stdio: ["ignore", "ignore", "pipe"] });
  const exited = new Promise<void>((resolve) => bouncer.on("close", () => resolve()));
  const lines: string[] = [];
  await new Promise<void>((resolve, reject) => {
    createInterface({ input: bouncer.stderr }).on("line", (line) => {
      lines.push(line);
      if (line.includes("process up")) resolve();
    });
    void exited.then(() => reject(new Error(`PgBouncer ended:\n${lines.join("\n")}`)));
  });
  return {
    port,
    async stop() {
      bouncer.kill("SIGKILL");
      await exited;
      await rm(folder, { recursive: true, force: true });
    },
  };
}
