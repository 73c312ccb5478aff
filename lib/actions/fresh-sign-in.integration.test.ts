import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { beforeAll, describe, expect, it, vi } from "vitest";
import type { ActionResult } from "@/lib/actions/action-result";
import { inTransaction } from "@/lib/db/client";
import { setConfig } from "@/lib/env/config";
import { runWithRequestContext } from "@/lib/http/request-context";
import { createStaffSession } from "@/lib/staff/sessions/create-staff-session";
import { findLiveSession } from "@/lib/staff/sessions/find-live-session";
import type { StaffSessionView } from "@/lib/staff/sessions/staff-session.types";
import { useTestDatabase } from "@/lib/testing/database/test-database";
import { readSourceFiles } from "@/lib/testing/source-files";
import { FRESH_SIGN_IN_CASES } from "@/lib/testing/staff/fresh-sign-in-cases";
import { createStaffMember } from "@/lib/testing/staff/staff-factory";
import { testConfig } from "@/lib/testing/test-config";

const request = vi.hoisted(() => ({ session: undefined as StaffSessionView | undefined }));

// The real check of an action; only the cookie of a browser is stood in for.
vi.mock("@/lib/actions/staff-action", async () => {
  const { createStaffAction } = await import("@/lib/actions/create-staff-action");
  const staffAction = createStaffAction({
    findSession: async () => request.session,
    readHeaders: async () => new Headers({ origin: "http://localhost:3000" }),
    config: () => testConfig(),
    now: () => new Date(),
  });
  return { staffAction };
});
vi.mock("next/headers", () => ({ cookies: async () => ({ get: () => undefined, set: () => {} }) }));

useTestDatabase();
beforeAll(() => setConfig(testConfig()));

type Action = (input: unknown) => Promise<ActionResult<unknown>>;

// Every actions.ts there is, so that an action that nobody thought of here is found.
const actions = new Map<string, Action>();
for (const { path } of readSourceFiles((path) => /^app\/\(portal\)\/(?:.*\/)?actions\.ts$/.test(path))) {
  const module: Record<string, Action> = await import(/* @vite-ignore */ resolve(path));
  for (const [name, action] of Object.entries(module)) actions.set(name, action);
}

async function signInAsAdministrator(minutesAgo: number): Promise<string> {
  const member = await createStaffMember({ role: "administrator" });
  const now = new Date(Date.now() - 1_000);
  const authenticatedAt = new Date(now.getTime() - minutesAgo * 60_000);
  const proof = { ip: "192.0.2.7", now, authenticatedAt };
  const sessionId = await inTransaction((tx) => createStaffSession(tx, member, proof));
  request.session = await findLiveSession(sessionId, new Date());
  return sessionId;
}

const call = (name: string, input: unknown) =>
  runWithRequestContext({ clientAddress: "192.0.2.7", requestId: "request-1" }, async () => actions.get(name)?.(input));

/** What docs/roles.md says of an action in its last column: `always`, `never`, or when. */
function documented(name: string): string | undefined {
  const row = readFileSync("docs/roles.md", "utf8")
    .split("\n")
    .find((line) => line.startsWith(`| \`${name}\` |`));
  return row?.split("|").slice(1, -1).at(4)?.trim();
}

describe("the table of what asks for a fresh proof of identity", () => {
  it("names every action of the portal, and none that does not exist", () => {
    expect(Object.keys(FRESH_SIGN_IN_CASES).sort()).toEqual([...actions.keys()].sort());
  });

  it.each(Object.entries(FRESH_SIGN_IN_CASES))("says of %s what docs/roles.md says", (name, cases) => {
    const asked = new Set(cases.map(({ isAsked }) => isAsked));
    const expected = asked.size === 2 ? /^when .+/ : asked.has(true) ? /^always$/ : /^never$/;
    expect(documented(name)).toMatch(expected);
  });
});

const rows = Object.entries(FRESH_SIGN_IN_CASES).flatMap(([name, cases]) =>
  cases.map(({ what, isAsked, input }) => ({ name, what, isAsked, input })),
);

describe.each(rows)("$name, $what", ({ name, isAsked, input }) => {
  it(
    isAsked ? "is refused to a member who signed in 15 minutes ago" : "is done however long ago that was",
    async () => {
      const sessionId = await signInAsAdministrator(15);
      const result = await call(name, await input(sessionId));
      if (isAsked) expect(result).toEqual({ ok: false, error: { reason: "reauthentication_required" } });
      else expect(result).toMatchObject({ ok: true });
    },
  );

  it("is done for one who has just signed in", async () => {
    const sessionId = await signInAsAdministrator(0);
    expect(await call(name, await input(sessionId))).toMatchObject({ ok: true });
  });
});
