import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import {
  chownSync,
  closeSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readdirSync,
  rmSync,
  writeFileSync,
  writeSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import { findFreePort } from "../../../lib/testing/process/loopback";
import { query } from "../own-database";

const VERSIONS = "/usr/lib/postgresql";
const ACCOUNT = "postgres";
const SIZE_MIB = 128;
const SETTINGS = [
  "listen_addresses=127.0.0.1",
  "unix_socket_directories=",
  "fsync=off",
  "shared_buffers=16MB",
  "autovacuum=off",
];

/** Why this machine cannot have a PostgreSQL on a small disk of its own; undefined when it can. */
export function whyNoOwnCluster(): string | undefined {
  if (process.getuid?.() !== 0) return "only root can mount a small disk";
  if (findPrograms() === undefined) return `no PostgreSQL server is installed under ${VERSIONS}`;
  return undefined;
}

function findPrograms(): string | undefined {
  if (!existsSync(VERSIONS)) return undefined;
  const newest = readdirSync(VERSIONS)
    .sort((a, b) => Number(b) - Number(a))
    .map((version) => join(VERSIONS, version, "bin"));
  return newest.find((folder) => existsSync(join(folder, "initdb")));
}

function idOf(what: "-u" | "-g"): number {
  return Number(execFileSync("id", [what, ACCOUNT], { encoding: "utf8" }));
}

export type OwnCluster = {
  url: string;
  /** Leaves no byte on the disk on which the tables are. */
  fillDisk(): void;
  /** Gives back what was taken. */
  freeDisk(): void;
  /** Starts again as a server that follows another one: it can be read. */
  becomeStandby(): Promise<void>;
  /** Makes a standby the server that is written to. */
  promote(): Promise<void>;
  close(): Promise<void>;
};

/**
 * Starts a PostgreSQL whose tables are on a small disk. Its journal is on another one, as on a server that is looked after:
 * without room for the journal PostgreSQL ends, which is a database that is away.
 */
export async function startOwnCluster(): Promise<OwnCluster> {
  const programs = findPrograms() ?? "";
  const folder = mkdtempSync(join(tmpdir(), "vestibule-cluster-"));
  const disk = join(folder, "disk");
  const data = join(disk, "data");
  const filler = join(disk, "filler");
  const account = { uid: idOf("-u"), gid: idOf("-g"), cwd: folder };
  mkdirSync(disk);
  execFileSync("mount", ["-t", "tmpfs", "-o", `size=${SIZE_MIB}m`, "tmpfs", disk]);
  for (const each of [folder, disk]) chownSync(each, account.uid, account.gid);
  const made = ["--auth=trust", "--username=postgres", "--no-sync", "--encoding=UTF8", "--locale=C", "--wal-segsize=1"];
  const initdb = [join(programs, "initdb"), ["-D", data, "-X", join(folder, "journal"), ...made]] as const;
  execFileSync(...initdb, { ...account, stdio: "ignore" });
  const port = await findFreePort();
  const url = `postgresql://postgres@127.0.0.1:${port}/postgres`;
  let server: ChildProcess;

  async function start(): Promise<void> {
    const args = ["-D", data, "-p", String(port), ...SETTINGS.flatMap((setting) => ["-c", setting])];
    server = spawn(join(programs, "postgres"), args, { ...account, stdio: "ignore" });
    await waitForAnswer(url, () => server.exitCode);
  }
  async function stop(): Promise<void> {
    const exited = new Promise<void>((resolve) => server.on("close", () => resolve()));
    server.kill("SIGINT");
    await exited;
  }
  await start();
  return {
    url,
    fillDisk() {
      const file = openSync(filler, "w");
      try {
        for (;;) writeSync(file, Buffer.alloc(4096));
      } catch {
        // That is the end of the disk.
      }
      closeSync(file);
    },
    freeDisk: () => rmSync(filler, { force: true }),
    async becomeStandby() {
      await stop();
      writeFileSync(join(data, "standby.signal"), "");
      await start();
    },
    async promote() {
      await query(url, "SELECT pg_promote()");
    },
    async close() {
      await stop();
      execFileSync("umount", [disk]);
      rmSync(folder, { recursive: true });
    },
  };
}

async function waitForAnswer(url: string, exitCode: () => number | null): Promise<void> {
  for (;;) {
    const client = new pg.Client({ connectionString: url });
    client.on("error", () => {});
    const failure = await client.connect().then(
      () => undefined,
      (error: unknown) => error,
    );
    await client.end().catch(() => {});
    if (failure === undefined) return;
    if (exitCode() !== null) throw failure;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
