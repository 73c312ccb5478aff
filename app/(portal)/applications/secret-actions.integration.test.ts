import { beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import type { ActionResult } from "@/lib/actions/action-result";
import { setConfig } from "@/lib/env/config";
import { runWithRequestContext } from "@/lib/http/request-context";
import type { StaffRole } from "@/lib/permissions";
import type { StaffSessionView } from "@/lib/staff/sessions/staff-session.types";
import { useTestDatabase } from "@/lib/testing/database/test-database";
import { addTestSecret, createTestClient, type TestClient } from "@/lib/testing/machine/machine-application";
import { captureLog } from "@/lib/testing/machine/machine-requests";
import { auditEventsAbout, createStaffMember, dumpDatabase } from "@/lib/testing/staff/staff-factory";
import { testConfig } from "@/lib/testing/test-config";
import * as secretActions from "./[applicationId]/secrets/actions";
import { deleteApplicationAction } from "./actions";

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

useTestDatabase();
let client: TestClient;
let otherSecretId: string;

beforeAll(() => setConfig(testConfig()));
beforeEach(async () => {
  client = await createTestClient();
  otherSecretId = (await addTestSecret(client)).secretId;
});

async function signIn(role: StaffRole, minutesAgo = 0): Promise<void> {
  const { id, name, email } = await createStaffMember({ role, passwordHash: null });
  const authenticatedAt = new Date(Date.now() - minutesAgo * 60_000 - 1_000);
  request.session = {
    sessionId: "s",
    signInMethod: "password",
    authenticatedAt,
    mustChangePassword: false,
    hasSecondFactor: false,
    staff: { id, name, email, role },
  };
}

const NEW = { label: "", expiresAt: "" };
const END = { revocation: "now", revocationAt: "" };

type Call = (ids: { applicationId: string; secretId: string }) => Promise<ActionResult<unknown>>;
const WRITES: Record<string, { call: Call; isGuarded: boolean; data: unknown }> = {
  "adding a secret": {
    call: ({ applicationId }) => secretActions.addSecretAction({ applicationId, ...NEW }),
    isGuarded: true,
    data: "credentials",
  },
  "rotating a secret": {
    call: ({ applicationId, secretId }) =>
      secretActions.rotateSecretAction({ applicationId, secretIds: [secretId], ...NEW, ...END }),
    isGuarded: true,
    data: "credentials",
  },
  "ending a secret": {
    call: (ids) => secretActions.revokeSecretAction({ ...ids, ...END, confirmation: "" }),
    isGuarded: false,
    data: undefined,
  },
  "revoking a secret that was never used": {
    call: (ids) => secretActions.revokeUnusedSecretAction(ids),
    isGuarded: false,
    data: undefined,
  },
  "cancelling an end": {
    call: (ids) => secretActions.cancelSecretRevocationAction(ids),
    isGuarded: true,
    data: { newSecret: "none" },
  },
  "marking a secret as compromised": {
    call: (ids) => secretActions.markSecretCompromisedAction({ ...ids, confirmation: "" }),
    isGuarded: false,
    data: undefined,
  },
  "ending all tokens": {
    call: ({ applicationId }) => secretActions.revokeApplicationTokensAction({ applicationId }),
    isGuarded: false,
    data: undefined,
  },
  "deleting the application": {
    call: ({ applicationId }) => deleteApplicationAction({ applicationId, rooms: "keep", confirmation: "Calendar" }),
    isGuarded: true,
    data: { roomsKept: 0, roomsDeleted: 0 },
  },
};

const run = (call: Call) =>
  runWithRequestContext({ clientAddress: "192.0.2.7", requestId: "request-1" }, () =>
    call({ applicationId: client.id, secretId: client.secretId }),
  );

const refusal = (reason: string) => ({ ok: false, error: { reason } });

describe.each(Object.entries(WRITES))("%s", (_what, { call, isGuarded, data }) => {
  it("is refused to a viewer and to a stranger, and changes nothing", async () => {
    const before = await dumpDatabase();
    request.session = undefined;
    expect(await run(call)).toEqual(refusal("session_ended"));
    expect(await dumpDatabase()).toBe(before);
    await signIn("viewer");
    expect(await run(call)).toEqual(refusal("forbidden"));
    expect(await auditEventsAbout(client.id)).toEqual([]);
  });

  it(
    isGuarded ? "asks for a fresh sign-in after 15 minutes" : "asks for none: in an emergency a minute counts",
    async () => {
      await signIn("manager", 15);
      const result = await run(call);
      if (isGuarded) expect(result).toEqual(refusal("reauthentication_required"));
      else expect(result).toEqual({ ok: true, data });
    },
  );

  it("is done for a manager and answers with exactly what is needed", async () => {
    await signIn("manager");
    const result = await run(call);
    const { id: applicationId, clientId } = client;
    const clientSecret = expect.stringMatching(/^vst_/);
    const credentials = { applicationId, name: "Calendar", clientId, secretId: expect.any(String), clientSecret };
    expect(result).toEqual({ ok: true, data: data === "credentials" ? credentials : data });
  });
});

describe("what the page asks for while somebody looks", () => {
  it("is open to a viewer and holds nothing of a secret", async () => {
    await signIn("viewer");
    const log = captureLog();
    const result = await run(({ applicationId }) => secretActions.listSecretUsesAction({ applicationId }));
    log.stop();
    const use = { state: "live", lastUsedAt: null, lastUsedIp: null, isQuiet: false };
    expect(result).toEqual({
      ok: true,
      data: {
        now: expect.any(Date),
        uses: [
          { secretId: otherSecretId, ...use },
          { secretId: client.secretId, ...use },
        ],
      },
    });
    expect([JSON.stringify(result), ...log.lines].join()).not.toContain(client.secret.slice(4, 30));
  });
});
