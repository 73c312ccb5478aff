import { randomBytes } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { generateSigningKey } from "@/lib/oauth/jose/signing-key";
import { findFreePort } from "@/lib/testing/process/loopback";
import type { Fixtures } from "../data/make-fixtures";
import { type Cores, pinned } from "./cores";
import { readResidentMib } from "./proc";
import { plainEnvironment, runProcess, type Started, startProcess } from "./processes";

/** The product as it is run in production, on a database that holds the fixtures. */
export type Vestibule = Started & {
  origin: string;
  fixtures: Fixtures;
  administrator: Administrator;
  /** MiB that it holds after its first answer, before any load. */
  idleMib: number;
};
type Administrator = { email: string; password: string };

export type VestibuleOptions = {
  cores: Cores;
  /** Without it the embedded database, in a folder that is gone afterwards. */
  databaseUrl?: string;
  /** Statements that fill the database further, after the fixtures and before the server starts. */
  fill?: (databaseUrl: string) => Promise<void>;
  settings?: Record<string, string>;
  nodeOptions?: readonly string[];
};

/** The product, its database and the fixtures. Set up as `npm start` does it. */
export async function startVestibule(options: VestibuleOptions): Promise<Vestibule> {
  const { cores, databaseUrl, fill, settings = {}, nodeOptions = [] } = options;
  const folder = mkdtempSync(join(tmpdir(), "vestibule-bench-"));
  process.on("exit", () => rmSync(folder, { recursive: true, force: true }));
  const administrator = { email: "administrator@bench.example", password: randomBytes(18).toString("base64url") };
  const port = await findFreePort();
  const origin = `http://127.0.0.1:${port}`;
  const env = {
    ...plainEnvironment(),
    NEXT_TELEMETRY_DISABLED: "1",
    UV_THREADPOOL_SIZE: "8",
    PORT: String(port),
    PUBLIC_URL: origin,
    DATA_DIR: folder,
    ...(databaseUrl === undefined ? {} : { DATABASE_URL: databaseUrl }),
    MASTER_KEY: `1:${randomBytes(32).toString("base64url")}`,
    AUTH_SECRET: randomBytes(32).toString("base64url"),
    TOKEN_SIGNING_KEYS: JSON.stringify({ keys: [await generateSigningKey()] }),
    ADMIN_EMAIL: administrator.email,
    ADMIN_PASSWORD: administrator.password,
    // Sixteen applications are to ask as often as they can.
    TOKEN_REQUESTS_PER_MINUTE: "1000000",
    EXTERNAL_API_REQUESTS_PER_MINUTE: "1000000",
    ...settings,
  };
  const made = await runProcess([process.execPath, "--enable-source-maps", ".build/bench/fixtures.mjs"], { env });
  const fixtures: Fixtures = JSON.parse(made.trim().split("\n").at(-1) ?? "");
  if (databaseUrl !== undefined) await fill?.(databaseUrl);
  const server = await startProcess({
    command: pinned(cores?.server, [
      process.execPath,
      "--enable-source-maps",
      ...nodeOptions,
      ".build/server.mjs",
      "--ignore-env-file",
    ]),
    env,
    ready: /Vestibule is ready at/,
  });
  const first = await fetch(`${origin}/api/health/ready`);
  if (!first.ok) throw new Error(`The product is not ready: ${first.status} ${await first.text()}`);
  return { ...server, origin, fixtures, administrator, idleMib: readResidentMib(server.pid) };
}
