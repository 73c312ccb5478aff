import { notFound, redirect } from "next/navigation";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { z } from "zod";
import type { Config } from "@/lib/env/config";
import { AppError } from "@/lib/errors/app-error";
import { runWithRequestContext } from "@/lib/http/request-context";
import { setLogDestination } from "@/lib/observability/logger";
import type { StaffRole } from "@/lib/permissions";
import type { StaffSessionView } from "@/lib/staff/sessions/staff-session.types";
import { testConfig } from "@/lib/testing/test-config";
import { createStaffAction, type StaffActionOptions } from "./create-staff-action";

const PUBLIC_URL = "https://portal.example.org";
const CONTEXT = { clientAddress: "192.0.2.7", requestId: "request-1" };
const INPUT = { name: "Calendar" };
const schema = z.strictObject({
  name: z.string().trim().min(1, "name_required"),
  domains: z.array(z.email("domain_invalid")).optional(),
});

const lines: string[] = [];
beforeEach(() => setLogDestination({ write: (line) => void lines.push(line) }));
afterEach(() => {
  setLogDestination(undefined);
  lines.length = 0;
});

const CONFIG = testConfig({ publicUrl: PUBLIC_URL });
const now = () => new Date("2026-01-01T12:00:00Z");

const session = (role: StaffRole, authenticatedAt = "2026-01-01T11:59:00Z"): StaffSessionView => ({
  sessionId: "s-1",
  authenticatedAt: new Date(authenticatedAt),
  signInMethod: "password",
  mustChangePassword: false,
  hasSecondFactor: false,
  staff: { id: "m-1", name: "Ana", email: "ana@example.com", role },
});

type Situation = {
  headers?: Record<string, string>;
  session?: StaffSessionView | undefined;
  requiresFreshSignIn?: StaffActionOptions<typeof schema, unknown>["requiresFreshSignIn"];
  run?: (input: { name: string }) => Promise<unknown>;
  config?: Config;
};

/** Calls an action that needs `applications:write` and returns its answer and what it called. */
async function call(input: unknown, situation: Situation = {}) {
  const run = vi.fn(situation.run ?? (async ({ name }) => ({ greeting: `Hello ${name}` })));
  const findSession = vi.fn(async () => ("session" in situation ? situation.session : session("manager")));
  const staffAction = createStaffAction({
    findSession,
    readHeaders: async () => new Headers(situation.headers ?? { origin: PUBLIC_URL }),
    config: () => situation.config ?? CONFIG,
    now,
  });
  const { requiresFreshSignIn = false } = situation;
  const action = staffAction({ permission: "applications:write", schema, requiresFreshSignIn, run });
  const result = await runWithRequestContext(CONTEXT, () => action(input));
  return { result, run, findSession };
}

describe("an action that a page calls by itself", () => {
  it.each([
    [true, true],
    [false, false],
    [undefined, false],
  ])("%s: the session is asked for without being noted as used: %s", async (isUnattended, expected) => {
    const findSession = vi.fn(async () => session("viewer"));
    const staffAction = createStaffAction({
      findSession,
      readHeaders: async () => new Headers({ origin: PUBLIC_URL }),
      config: () => CONFIG,
      now,
    });
    const options = isUnattended === undefined ? {} : { isUnattended };
    const action = staffAction({ permission: "applications:read", schema, ...options, run: async () => "read" });
    expect(await runWithRequestContext(CONTEXT, () => action(INPUT))).toEqual({ ok: true, data: "read" });
    expect(findSession).toHaveBeenCalledExactlyOnceWith({ isUnattended: expected });
  });
});

describe("a permitted action", () => {
  it.each(["manager", "administrator"] as const)(
    "runs for a %s with parsed input, who acts, the clock and the configuration",
    async (role) => {
      const { result, run } = await call({ name: "  Calendar " }, { session: session(role) });
      expect(result).toEqual({ ok: true, data: { greeting: "Hello Calendar" } });
      expect(run).toHaveBeenCalledExactlyOnceWith(
        { name: "Calendar" },
        {
          actor: { kind: "staff", id: "m-1", role, ip: "192.0.2.7", requestId: "request-1" },
          session: session(role),
          now,
          config: CONFIG,
        },
      );
    },
  );
});

describe("a refused action does not run", () => {
  it("for a member who has to choose a password first", async () => {
    const { result, run } = await call(INPUT, { session: { ...session("administrator"), mustChangePassword: true } });
    expect(result).toEqual({ ok: false, error: { reason: "password_change_required" } });
    expect(run).not.toHaveBeenCalled();
  });

  it("for a member without a second factor where one is required, whatever their role", async () => {
    const config = { ...CONFIG, staffMfa: "required" } as const;
    const { result, run } = await call(INPUT, { session: session("administrator"), config });
    expect(result).toEqual({ ok: false, error: { reason: "second_factor_required" } });
    expect(run).not.toHaveBeenCalled();
    for (const exempt of [{ hasSecondFactor: true }, { signInMethod: "identity_provider" }] as const) {
      const passed = await call(INPUT, { session: { ...session("administrator"), ...exempt }, config });
      expect(passed.result).toMatchObject({ ok: true });
    }
  });

  it("without a session", async () => {
    const { result, run } = await call(INPUT, { session: undefined });
    expect(result).toEqual({ ok: false, error: { reason: "session_ended" } });
    expect(run).not.toHaveBeenCalled();
  });

  it("for a role without the permission", async () => {
    const { result, run } = await call(INPUT, { session: session("viewer") });
    expect(result).toEqual({ ok: false, error: { reason: "forbidden" } });
    expect(run).not.toHaveBeenCalled();
  });

  it.each([
    ["another site", { origin: "https://evil.example" }],
    ["an opaque origin", { origin: "null" }],
    ["no origin", {}],
    ["no origin and a link from elsewhere", { "sec-fetch-site": "cross-site" }],
  ])("for a request with %s, before anybody is looked up", async (_what, headers) => {
    const { result, run, findSession } = await call(INPUT, { headers });
    expect(result).toEqual({ ok: false, error: { reason: "forbidden" } });
    expect(findSession).not.toHaveBeenCalled();
    expect(run).not.toHaveBeenCalled();
  });

  it("on input that does not fit, with a reason for each field", async () => {
    const { result, run } = await call({ name: " ", domains: ["a@example.com", "b"] });
    expect(result).toEqual({
      ok: false,
      error: { reason: "invalid", fieldErrors: { name: "name_required", "domains.1": "domain_invalid" } },
    });
    expect(run).not.toHaveBeenCalled();
  });

  it.each([
    ["nothing", undefined],
    ["a text", "name"],
    ["members of its own", { ...INPUT, id: "m-2", role: "administrator", isStaff: true }],
    ["a polluted prototype", JSON.parse('{"name":"x","__proto__":{"role":"administrator"}}')],
  ])("on %s", async (_what, input) => {
    const { result, run } = await call(input);
    expect(result).toEqual({ ok: false, error: { reason: "invalid" } });
    expect(run).not.toHaveBeenCalled();
  });

  it("and tells a stranger nothing about the form", async () => {
    const { result } = await call({ wrong: true }, { session: undefined });
    expect(result).toEqual({ ok: false, error: { reason: "session_ended" } });
  });
});

describe("an action that requires a fresh sign-in", () => {
  it.each([
    ["a moment ago", "2026-01-01T12:00:00Z"],
    ["14:59 minutes ago", "2026-01-01T11:45:00.001Z"],
  ])("runs for a member who proved who they are %s", async (_when, authenticatedAt) => {
    const situation = { session: session("manager", authenticatedAt), requiresFreshSignIn: true };
    const { result, run } = await call(INPUT, situation);
    expect(result).toEqual({ ok: true, data: { greeting: "Hello Calendar" } });
    expect(run).toHaveBeenCalledOnce();
  });

  it.each([
    ["15 minutes ago", "2026-01-01T11:45:00Z"],
    ["seven hours ago", "2026-01-01T05:00:00Z"],
    ["in a moment that is yet to come", "2026-01-01T12:00:01Z"],
  ])("does not run for one who did %s, and says what it wants", async (_when, authenticatedAt) => {
    const situation = { session: session("manager", authenticatedAt), requiresFreshSignIn: true };
    const { result, run } = await call(INPUT, situation);
    expect(result).toEqual({ ok: false, error: { reason: "reauthentication_required" } });
    expect(run).not.toHaveBeenCalled();
  });

  it("does not ask members for a proof whose role does not allow it anyway, nor for one that the form would waste", async () => {
    const old = "2026-01-01T05:00:00Z";
    const viewer = await call(INPUT, { session: session("viewer", old), requiresFreshSignIn: true });
    expect(viewer.result).toEqual({ ok: false, error: { reason: "forbidden" } });
    const mistaken = await call({ name: "" }, { session: session("manager", old), requiresFreshSignIn: true });
    expect(mistaken.result).toEqual({
      ok: false,
      error: { reason: "invalid", fieldErrors: { name: "name_required" } },
    });
  });

  it.each([
    [true, { ok: false, error: { reason: "reauthentication_required" } }],
    [false, { ok: true, data: { greeting: "Hello Calendar" } }],
  ])("may decide by the parsed input and the configuration: %s", async (isWidening, expected) => {
    const rule = vi.fn(async () => isWidening);
    const old = session("manager", "2026-01-01T05:00:00Z");
    const { result } = await call({ name: " Calendar " }, { session: old, requiresFreshSignIn: rule });
    expect(result).toEqual(expected);
    expect(rule).toHaveBeenCalledExactlyOnceWith(
      { name: "Calendar" },
      expect.objectContaining({ now, config: CONFIG }),
    );
  });

  it("is not asked whether it is one when the sign-in is fresh", async () => {
    const rule = vi.fn(async () => true);
    expect((await call(INPUT, { requiresFreshSignIn: rule })).result).toMatchObject({ ok: true });
    expect(rule).not.toHaveBeenCalled();
  });

  it("is one that says so: the others run for a session of any age", async () => {
    const { result } = await call(INPUT, { session: session("manager", "2026-01-01T05:00:00Z") });
    expect(result).toMatchObject({ ok: true });
  });
});

describe("an action that fails", () => {
  it("shows the reason and the fields of an expected failure, and keeps its detail for the log", async () => {
    const failure = new AppError("conflict", "invalid", { detail: "private", fieldErrors: { kid: "kid_taken" } });
    const { result } = await call(INPUT, { run: () => Promise.reject(failure) });
    expect(result).toEqual({ ok: false, error: { reason: "invalid", fieldErrors: { kid: "kid_taken" } } });
    expect(lines.join("")).toContain("private");
  });

  it("shows of anything else only the id under which the log knows it", async () => {
    const bug = new Error("connect to postgresql://user:canary@db failed");
    const { result } = await call(INPUT, { run: () => Promise.reject(bug) });
    expect(result).toEqual({ ok: false, error: { reason: "unexpected", requestId: "request-1" } });
    expect(lines).toHaveLength(1);
    expect(JSON.parse(lines[0] ?? "")).toMatchObject({ level: "error", request_id: "request-1" });
  });

  it("shows an outage of the session look-up in the same way, and does not run", async () => {
    const staffAction = createStaffAction({
      findSession: () => Promise.reject(new Error("the database is gone")),
      readHeaders: async () => new Headers({ origin: PUBLIC_URL }),
      config: () => CONFIG,
      now,
    });
    const run = vi.fn();
    const action = staffAction({ permission: "applications:read", schema, run });
    expect(await runWithRequestContext(CONTEXT, () => action(INPUT))).toEqual({
      ok: false,
      error: { reason: "unexpected", requestId: "request-1" },
    });
    expect(run).not.toHaveBeenCalled();
  });

  it.each([
    ["redirects", () => redirect("/applications"), /NEXT_REDIRECT/],
    ["answers not found", () => notFound(), /404/],
  ])("lets Next's own exceptions through when it %s", async (_what, leave, message) => {
    await expect(call(INPUT, { run: async () => leave() })).rejects.toThrow(message);
    expect(lines).toEqual([]);
  });
});
