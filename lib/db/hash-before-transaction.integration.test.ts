import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createApplication } from "@/lib/applications/create-application";
import { makePickUpLink } from "@/lib/applications/pick-up/make-pick-up-link";
import { pickUpSecret } from "@/lib/applications/pick-up/pick-up-secret";
import { addSecret } from "@/lib/applications/secrets/add-secret";
import { rotateSecret } from "@/lib/applications/secrets/rotate-secret";
import { type StaffActor, SYSTEM, type VisitorActor } from "@/lib/audit/actor";
import { createDatabaseClient, database, inTransaction, setDatabase } from "@/lib/db/client";
import { setConfig } from "@/lib/env/config";
import { ensureFirstAdministrator } from "@/lib/staff/ensure-first-administrator";
import { inviteStaffMember } from "@/lib/staff/links/invite-staff-member";
import { issueStaffLink } from "@/lib/staff/links/issue-staff-link";
import { joinStaff, resetPassword } from "@/lib/staff/links/redeem-staff-link";
import { createStaffSession } from "@/lib/staff/sessions/create-staff-session";
import { findLiveSession } from "@/lib/staff/sessions/find-live-session";
import { changePassword } from "@/lib/staff/sign-in/change-password";
import { createSignInThrottle } from "@/lib/staff/sign-in/sign-in-throttle";
import { hashCheaply } from "@/lib/testing/database/cheap-hash";
import { hasSeveralConnections } from "@/lib/testing/database/lock-waits";
import { createTestDatabase } from "@/lib/testing/database/test-database";
import { createTestClient } from "@/lib/testing/machine/machine-application";
import { createStaffActor, createStaffMember, TEST_PASSWORD } from "@/lib/testing/staff/staff-factory";
import { testConfig } from "@/lib/testing/test-config";
import { contextOf } from "@/lib/testing/verb-context";

const NOW = new Date("2026-11-28T08:00:00Z");
const VISITOR: VisitorActor = { kind: "system", ip: "192.0.2.7", requestId: "r-1" };
const NEW_PASSWORD = "another horse entirely";

let opened: Awaited<ReturnType<typeof createTestDatabase>>;
/** For each hash that was made: how many transactions stood open meanwhile. */
const open: number[] = [];

beforeAll(async () => {
  setConfig(testConfig());
  opened = await createTestDatabase();
  setDatabase(
    createDatabaseClient(opened.connection, {
      hash: async (plain) => {
        open.push(await countOpenTransactions());
        return hashCheaply(plain);
      },
    }),
  );
});

afterAll(async () => {
  await database().$disconnect();
  setDatabase(undefined);
  await opened.close();
});

/** Those that wait for their client. The server's own, such as autovacuum, come and go. */
async function countOpenTransactions(): Promise<number> {
  if (!hasSeveralConnections) return 0;
  const [row] = await opened.database.$queryRaw<{ open: number }[]>`
    SELECT count(*)::int AS open FROM pg_stat_activity
    WHERE datname = current_database() AND backend_type = 'client backend' AND state = 'idle in transaction'`;
  return row?.open ?? 0;
}

const administrator = () => createStaffActor({ role: "administrator" });
const tokenOf = ({ url }: { url: string }) => url.slice(url.indexOf("#") + 1);

/** What stores a secret, after what it needs was made. */
const VERBS: Record<string, () => Promise<() => Promise<unknown>>> = {
  "the first administrator": async () => () => ensureFirstAdministrator(contextOf(SYSTEM)),
  "a new application": async () => {
    const actor = await administrator();
    const input = { name: "Calendar", description: "", ownerContact: "", domainPolicy: "any" } as const;
    return () => createApplication(contextOf(actor), { ...input, scopes: [], domains: [] });
  },
  "one more secret": async () => {
    const [actor, { id: applicationId }] = [await administrator(), await createTestClient()];
    return () => addSecret(contextOf(actor), { applicationId, label: "", expiresAt: "" });
  },
  "a secret in the place of another": async () => {
    const [actor, { id: applicationId, secretId }] = [await administrator(), await createTestClient()];
    const input = {
      applicationId,
      secretIds: [secretId],
      label: "",
      expiresAt: "",
      revocation: "24h",
      revocationAt: "",
    } as const;
    return () => rotateSecret(contextOf(actor), { ...input, secretIds: [secretId] });
  },
  "a secret that is picked up": async () => {
    const [actor, { id: applicationId }] = [await administrator(), await createTestClient()];
    const nothing = { secretIds: [], label: "", expiresAt: "", revocation: "now", revocationAt: "" } as const;
    const link = await makePickUpLink(contextOf(actor, NOW), { applicationId, ...nothing, secretIds: [] });
    return () => pickUpSecret(contextOf(VISITOR, NOW), tokenOf(link));
  },
  "the password of somebody who was invited": async () => {
    const invitation = { email: `${randomUUID()}@example.org`, role: "viewer" } as const;
    const link = await inviteStaffMember(contextOf(await administrator(), NOW), invitation);
    return () => joinStaff(contextOf(VISITOR, NOW), { token: tokenOf(link), name: "Ana", password: NEW_PASSWORD });
  },
  "a password set by a link": async () => {
    const { id } = await createStaffMember();
    const link = await issueStaffLink(contextOf(await administrator(), NOW), id);
    return () => resetPassword(contextOf(VISITOR, NOW), { token: tokenOf(link), password: NEW_PASSWORD });
  },
  "another password of one's own": async () => {
    const { member, session } = await signIn();
    const actor: StaffActor = { kind: "staff", id: member.id, role: member.role, ip: "192.0.2.7", requestId: "r" };
    const input = { currentPassword: TEST_PASSWORD, newPassword: NEW_PASSWORD };
    const ctx = { ...contextOf(actor, NOW), session };
    return () => changePassword(ctx, input, { throttle: createSignInThrottle() });
  },
};

async function signIn() {
  const member = await createStaffMember();
  const sessionId = await inTransaction((tx) => createStaffSession(tx, member, { ip: "192.0.2.7", now: NOW }));
  const session = await findLiveSession(sessionId, NOW);
  if (session === undefined) throw new Error("The session does not count.");
  return { member, session };
}

describe.runIf(hasSeveralConnections)("nobody waits for a transaction because a secret is being hashed in it", () => {
  it("shows where a transaction stands open meanwhile", async () => {
    const counted = await inTransaction(async (tx) => {
      await tx.application.count();
      return countOpenTransactions();
    });
    expect(counted).toBe(1);
  });

  it.each(Object.entries(VERBS))("%s", async (_name, prepare) => {
    const verb = await prepare();
    open.length = 0;
    await verb();
    expect(open).toEqual([0]);
  });
});

describe("a password for a link that does not work", () => {
  it.each([
    [
      "an invitation",
      (token: string) => joinStaff(contextOf(VISITOR, NOW), { token, name: "Ana", password: NEW_PASSWORD }),
    ],
    ["a password link", (token: string) => resetPassword(contextOf(VISITOR, NOW), { token, password: NEW_PASSWORD })],
  ])("is not hashed at all: %s", async (_name, redeem) => {
    open.length = 0;
    await expect(redeem("a".repeat(43))).rejects.toMatchObject({ reason: "link_invalid" });
    expect(open).toEqual([]);
  });
});

describe("a secret that an application has no room for", () => {
  it("is not hashed at all", async () => {
    const [actor, { id: applicationId }] = [await administrator(), await createTestClient()];
    const add = () => addSecret(contextOf(actor), { applicationId, label: "", expiresAt: "" });
    for (let count = 1; count < 5; count += 1) await add();
    open.length = 0;
    await expect(add()).rejects.toMatchObject({ reason: "secrets_too_many" });
    expect(open).toEqual([]);
  });
});
