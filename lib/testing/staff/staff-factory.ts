import { randomUUID } from "node:crypto";
import type { StaffActor } from "@/lib/audit/actor";
import { database } from "@/lib/db/client";
import type { SignedIn } from "@/lib/staff/sessions/staff-session.types";
import type { PasswordAnswer } from "@/lib/staff/sign-in/authenticate-staff";

export const TEST_PASSWORD = "correct horse battery staple";

let counter = 0;

type StaffMemberOverrides = {
  email?: string;
  name?: string;
  role?: "viewer" | "manager" | "administrator";
  isActive?: boolean;
  passwordHash?: string | null;
  isImpersonationAllowed?: boolean;
  lastSignedInAt?: Date;
  joinedAt?: null;
};

/** Stores a manager with an address of their own and the password TEST_PASSWORD. */
export function createStaffMember(overrides: StaffMemberOverrides = {}) {
  counter += 1;
  return database().staffMember.create({
    data: {
      email: `member-${counter}@example.com`,
      name: `Member ${counter}`,
      role: "manager",
      passwordHash: TEST_PASSWORD,
      ...overrides,
    },
    select: { id: true, email: true, name: true, role: true, sessionVersion: true },
  });
}

/** Stores a manager and returns them as the one who acts. */
export async function createStaffActor(overrides: StaffMemberOverrides = {}): Promise<StaffActor> {
  const { id, role } = await createStaffMember({ passwordHash: null, ...overrides });
  return { kind: "staff", id, role, ip: "192.0.2.7", requestId: randomUUID() };
}

/** Returns the audit events about one target, oldest first, without what differs on every run. */
export function auditEventsAbout(targetId: string | null) {
  return database().auditEvent.findMany({
    where: { targetId },
    select: {
      actorKind: true,
      actorId: true,
      action: true,
      targetKind: true,
      ip: true,
      requestId: true,
      changes: true,
    },
    orderBy: [{ at: "asc" }, { id: "asc" }],
  });
}

/** Returns every row of every table as text, to search it for what must not be there. */
export async function dumpDatabase(): Promise<string> {
  const tables = await database().$queryRaw<{ name: string }[]>`
    SELECT table_name AS name FROM information_schema.tables
    WHERE table_schema = 'public' AND table_type = 'BASE TABLE' ORDER BY table_name`;
  const rows: unknown[] = [];
  for (const { name } of tables) {
    rows.push(name, await database().$queryRawUnsafe(`SELECT row_to_json(t)::text AS row FROM "${name}" t`));
  }
  return JSON.stringify(rows);
}

/** The session that a right password has led to, where no second factor is asked for. */
export function signedInOf(answer: PasswordAnswer): SignedIn {
  if ("pending" in answer) throw new Error("A second factor is asked for.");
  return answer.signedIn;
}
