import { renameSync, statSync } from "node:fs";
import { test as base } from "@playwright/test";
import { ADMINISTRATOR_STATE, administrator } from "./server";

/** Well below the fifteen minutes after which destructive actions ask for a fresh proof of identity. */
const STATE_AGE_MAX_MS = 4 * 60_000;

/**
 * A test that begins signed in as the administrator, and not long ago: a run can take longer than a sign-in counts as
 * fresh. Specs that set `storageState` themselves get what they set.
 */
export const test = base.extend({
  storageState: async ({ playwright, baseURL }, use) => {
    if (Date.now() - statSync(ADMINISTRATOR_STATE).mtimeMs > STATE_AGE_MAX_MS) {
      const nobody = { cookies: [], origins: [] };
      const context = await playwright.request.newContext({ baseURL: baseURL ?? "", storageState: nobody });
      const { csrfToken } = (await (await context.get("/api/auth/csrf")).json()) as { csrfToken: string };
      await context.post("/api/auth/callback/credentials", { form: { csrfToken, ...administrator() } });
      // Written beside it and moved: another worker may be reading the file at this moment.
      const fresh = `${ADMINISTRATOR_STATE}.${process.pid}`;
      await context.storageState({ path: fresh });
      renameSync(fresh, ADMINISTRATOR_STATE);
      await context.dispose();
    }
    await use(ADMINISTRATOR_STATE);
  },
});

export const { expect } = test;
