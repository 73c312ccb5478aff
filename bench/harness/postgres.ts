import { execFileSync } from "node:child_process";
import { randomBytes } from "node:crypto";
import { chownSync, existsSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { Client } from "pg";
import { findFreePort } from "@/lib/testing/process/loopback";
import { type Cores, pinned } from "./cores";
import { readParent } from "./proc";
import { plainEnvironment, runProcess, startProcess } from "./processes";

/** The PostgreSQL server of a run, with databases of its own. */
export type Postgres = {
  version: string;
  /** Whether it is held to the core of what is measured. */
  isPinned: boolean;
  /** The process above all its processes; undefined where it runs on another machine. */
  pid: number | undefined;
  /** Makes a database, and returns its address. */
  createDatabase(name: string): Promise<string>;
  /** Runs statements, one after the other. */
  run(database: string, statements: readonly string[]): Promise<void>;
  close(): Promise<void>;
};

/** Where Debian has the programs that are not in PATH. */
const DEBIAN = "/usr/lib/postgresql";
/** Not in /tmp, which can be memory: a commit must reach a disk. */
const PARENT_FOLDER = "/var/tmp";

/** Starts a server of this run, or takes the one that TEST_DATABASE_URL names. Throws where there is neither. */
export async function openPostgres(cores: Cores): Promise<Postgres> {
  const named = process.env.TEST_DATABASE_URL;
  if (named !== undefined && named !== "") return describePostgres(named, { isPinned: false, stop: async () => {} });
  const programs = findPrograms();
  if (programs === undefined) {
    throw new Error("There are no programs of PostgreSQL in /usr/lib/postgresql, and TEST_DATABASE_URL is not set.");
  }
  return startPostgres(programs, cores);
}

function findPrograms(): string | undefined {
  if (!existsSync(DEBIAN)) return undefined;
  const versions = readdirSync(DEBIAN).sort((one, other) => Number(other) - Number(one));
  return versions.map((version) => join(DEBIAN, version, "bin")).find((folder) => existsSync(join(folder, "initdb")));
}

async function startPostgres(programs: string, cores: Cores): Promise<Postgres> {
  const folder = mkdtempSync(join(PARENT_FOLDER, "vestibule-bench-"));
  const remove = () => rmSync(folder, { recursive: true, force: true });
  process.on("exit", remove);
  // It refuses to run as root; Debian has a user for it.
  const user = process.getuid?.() === 0 ? { uid: idOf("-u"), gid: idOf("-g") } : {};
  if (user.uid !== undefined && user.gid !== undefined) chownSync(folder, user.uid, user.gid);
  const spawnOptions = { cwd: "/", ...user };
  const data = join(folder, "data");
  const env = plainEnvironment();
  await runProcess([join(programs, "initdb"), "-D", data, "-U", "postgres", "--auth=trust", "-E", "UTF8"], {
    ...spawnOptions,
    env,
  });
  const port = await findFreePort();
  const address = ["-c", "listen_addresses=127.0.0.1", "-c", "unix_socket_directories="];
  const server = await startProcess({
    command: pinned(cores?.server, [join(programs, "postgres"), "-D", data, "-p", String(port), ...address]),
    env,
    ready: /ready to accept connections/,
    // Fast: it does not wait for connections that are open.
    signal: "SIGINT",
    spawnOptions,
  });
  return describePostgres(`postgresql://postgres@127.0.0.1:${port}/postgres`, {
    isPinned: cores !== undefined,
    stop: server.stop,
  });
}

function idOf(kind: "-u" | "-g"): number {
  return Number(execFileSync("id", [kind, "postgres"], { encoding: "utf8" }));
}

async function describePostgres(
  url: string,
  { isPinned, stop }: { isPinned: boolean; stop: () => Promise<void> },
): Promise<Postgres> {
  const suffix = randomBytes(4).toString("hex");
  const made: string[] = [];
  const administer = (sql: string) => withClient(url, (client) => client.query(sql));
  const [found] = await withClient(url, async (client) => {
    const { rows } = await client.query<{ version: string; backend: number }>(
      "SELECT current_setting('server_version') AS version, pg_backend_pid() AS backend",
    );
    // Each connection has a process, while it lasts; the one above them all is the server.
    return rows.map(({ version, backend }) => ({ version, pid: readParent(backend) }));
  });
  return {
    version: found?.version ?? "unknown",
    isPinned,
    pid: found?.pid,
    async createDatabase(name) {
      const full = `bench_${name}_${suffix}`;
      await administer(`CREATE DATABASE "${full}"`);
      made.push(full);
      return Object.assign(new URL(url), { pathname: `/${full}` }).href;
    },
    run: (database, statements) =>
      withClient(database, async (client) => {
        for (const statement of statements) await client.query(statement);
      }),
    async close() {
      for (const name of made) await administer(`DROP DATABASE IF EXISTS "${name}" WITH (FORCE)`);
      await stop();
    },
  };
}

async function withClient<Result>(url: string, work: (client: Client) => Promise<Result>): Promise<Result> {
  const client = new Client({ connectionString: url });
  await client.connect();
  return work(client).finally(() => client.end());
}
