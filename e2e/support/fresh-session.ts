import { renameSync, statSync } from "node:fs";
import { join } from "node:path";
import { PGlite } from "@electric-sql/pglite";
import { test as base, type PlaywrightWorkerArgs } from "@playwright/test";
import { ADMINISTRATOR_STATE, administrator, baseUrl } from "./server";

/** Well below the fifteen minutes after which destructive actions ask for a fresh proof of identity. */
const STATE_AGE_MAX_MS = 4 * 60_000;

/** The file with a session of the administrator that began not long ago; signs in anew where it did. */
export async function freshAdministratorState(playwright: PlaywrightWorkerArgs["playwright"]): Promise<string> {
  if (Date.now() - statSync(ADMINISTRATOR_STATE).mtimeMs > STATE_AGE_MAX_MS) {
    const nobody = { cookies: [], origins: [] };
    const context = await playwright.request.newContext({ baseURL: baseUrl(), storageState: nobody });
    const { csrfToken } = (await (await context.get("/api/auth/csrf")).json()) as { csrfToken: string };
    await context.post("/api/auth/callback/credentials", { form: { csrfToken, ...administrator() } });
    // Written beside it and moved: another worker may be reading the file at this moment.
    const fresh = `${ADMINISTRATOR_STATE}.${process.pid}`;
    await context.storageState({ path: fresh });
    renameSync(fresh, ADMINISTRATOR_STATE);
    await context.dispose();
  }
  return ADMINISTRATOR_STATE;
}

/**
 * A test that begins signed in as the administrator, and not long ago: a run can take longer than a sign-in counts as
 * fresh. Specs that set `storageState` themselves get what they set.
 */
export const test = base.extend({
  storageState: async ({ playwright }, use) => use(await freshAdministratorState(playwright)),
});

export const { expect } = test;

/** Does to the sessions of a server that is stopped what sixteen minutes of work do: none is a fresh proof any more. */
export async function ageSessions(dataDirectory: string): Promise<void> {
  const database = await PGlite.create(join(dataDirectory, "postgres"));
  await database.exec("UPDATE staff_sessions SET authenticated_at = authenticated_at - interval '16 minutes'");
  await database.close();
}
