import { randomBytes } from "node:crypto";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { findFreePort } from "../../lib/testing/process/loopback";

/** Where the signed-in session of the administrator is kept between projects, ignored by git. */
export const ADMINISTRATOR_STATE = "e2e/.auth/administrator.json";

export type ProductServer = { baseUrl: string; environment: Record<string, string> };

/**
 * The server of this run: a port that is free, a data directory that is empty, a password nobody knows. The runner's
 * process makes them once; its workers find them in the environment.
 */
export async function productServer(): Promise<ProductServer> {
  process.env.E2E_PORT ??= String(await findFreePort());
  process.env.E2E_DATA_DIR ??= makeDataDirectory("run");
  process.env.E2E_TEMPLATE_DIR ??= makeDataDirectory("template");
  process.env.E2E_ADMIN_PASSWORD ??= randomBytes(18).toString("base64url");
  const { email, password } = administrator();
  return {
    baseUrl: baseUrl(),
    environment: {
      ...neutralEnvironment(),
      PORT: process.env.E2E_PORT,
      DATA_DIR: process.env.E2E_DATA_DIR,
      ADMIN_EMAIL: email,
      ADMIN_PASSWORD: password,
    },
  };
}

/** Where the server of this run is, without a trailing slash. */
export function baseUrl(): string {
  const port = process.env.E2E_PORT;
  if (port === undefined) throw new Error("The port is chosen by playwright.config.ts.");
  return `http://localhost:${port}`;
}

/** The member of staff that the server of this run was started with. */
export function administrator(): { email: string; password: string } {
  const password = process.env.E2E_ADMIN_PASSWORD;
  if (password === undefined) throw new Error("The password is made by playwright.config.ts.");
  return { email: "administrator@vestibule.example", password };
}

/** Sets every variable of the product to nothing, which counts as unset: what the caller has must not change a test. */
export function neutralEnvironment(): Record<string, string> {
  const names = readFileSync(".env.example", "utf8").matchAll(/^# ([A-Z][A-Z_]*)=/gm);
  return Object.fromEntries(Array.from(names, ([, name]) => [name, `${name}_FILE`].map((key) => [key, ""])).flat());
}

/** Makes an empty folder that is gone when this process is. */
export function makeDataDirectory(purpose: string): string {
  const directory = mkdtempSync(join(tmpdir(), `vestibule-e2e-${purpose}-`));
  process.on("exit", () => rmSync(directory, { recursive: true, force: true }));
  return directory;
}

/** The data directory that copyDataDirectory copies: e2e/setup/data-directory.setup.ts migrates it. */
export function templateDirectory(): string {
  const directory = process.env.E2E_TEMPLATE_DIR;
  if (directory === undefined) throw new Error("The template is named by playwright.config.ts.");
  return directory;
}

/**
 * Makes a folder as the product leaves it after its migrations, with a master key of its own and nobody in it: a server
 * starts on it as for the first time, but for the seconds that making a database takes.
 */
export function copyDataDirectory(purpose: string): string {
  const directory = makeDataDirectory(purpose);
  cpSync(templateDirectory(), directory, { recursive: true });
  mkdirSync(join(directory, "keys"), { mode: 0o700 });
  writeFileSync(join(directory, "keys", "master-key"), `1:${randomBytes(32).toString("base64url")}\n`, { mode: 0o600 });
  return directory;
}
