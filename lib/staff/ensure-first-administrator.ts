import "server-only";

import type { SystemActor } from "@/lib/audit/actor";
import { created } from "@/lib/audit/changes";
import { recordAuditEvent } from "@/lib/audit/record-audit-event";
import type { VerbContext } from "@/lib/audit/verb-context";
import { database, inTransaction } from "@/lib/db/client";
import { AppError } from "@/lib/errors/app-error";
import { findPasswordProblem, generatePassword } from "./password-policy";
import { parseStaffEmail } from "./staff-email";

const DEFAULT_ADMINISTRATOR_EMAIL = "admin@vestibule.localhost";

const NAME = "Administrator";

/** Any constant that nothing else locks: the letters "VSTA" as a number. */
const FIRST_ADMINISTRATOR_LOCK = 0x56535441;

export type FirstAdministrator =
  | { created: false }
  /** `generatedPassword` is there only when none was given. It is the only copy: show it once. */
  | { created: true; email: string; generatedPassword?: string };

/**
 * Creates one administrator when nobody can sign in yet, that is when there is no member of staff at all. Any number of
 * processes may start at once on one database: exactly one of them creates.
 *
 * Unset, `adminEmail` is `admin@vestibule.localhost` and `adminPassword` a random one. Throws AppError `invalid` with
 * the reason `email_invalid`, `password_too_short`, `password_too_long`, `password_looks_hashed` or
 * `password_guessable`; both are checked on an empty table only, so that an outdated setting does not keep a running
 * installation from starting.
 */
export async function ensureFirstAdministrator({
  actor,
  config: { adminEmail, adminPassword, publicUrl },
}: VerbContext<SystemActor>): Promise<FirstAdministrator> {
  if ((await database().staffMember.count()) > 0) return { created: false };
  const email = requireEmail(adminEmail ?? DEFAULT_ADMINISTRATOR_EMAIL);
  const password =
    adminPassword === undefined ? generatePassword() : requirePassword(adminPassword, { email, publicUrl });
  const passwordHash = await database().hashSecret(password);

  return inTransaction(async (tx): Promise<FirstAdministrator> => {
    await tx.$executeRaw`SELECT pg_advisory_xact_lock(${FIRST_ADMINISTRATOR_LOCK})`;
    if ((await tx.staffMember.count()) > 0) return { created: false };
    const member = await tx.staffMember.create({
      data: {
        email,
        name: NAME,
        role: "administrator",
        passwordHash,
        // What is printed somewhere is for the first use only (ASVS 5.0 section 6.4.1); what the operator chose is
        // theirs.
        mustChangePassword: adminPassword === undefined,
      },
      select: { id: true },
    });
    await recordAuditEvent(tx, actor, {
      action: "staff.created",
      targetId: member.id,
      changes: created({ role: "administrator" }),
    });
    return adminPassword === undefined
      ? { created: true, email, generatedPassword: password }
      : { created: true, email };
  });
}

function requireEmail(text: string): string {
  const email = parseStaffEmail(text);
  if (email !== undefined) return email;
  throw new AppError("invalid", "email_invalid", { detail: "ADMIN_EMAIL is not an e-mail address." });
}

function requirePassword(password: string, owner: { email: string; publicUrl: string }): string {
  const problem = findPasswordProblem(password, { ...owner, name: NAME });
  if (problem === undefined) return password;
  const sentences = {
    password_too_short: "ADMIN_PASSWORD must have at least 12 characters.",
    password_too_long: "ADMIN_PASSWORD must have at most 256 characters.",
    password_looks_hashed: "ADMIN_PASSWORD must be the password itself, not a hash of it.",
    password_guessable:
      "ADMIN_PASSWORD is easily guessed: a common password, a row of keys, or the name of somebody or something here. Use several words that have nothing to do with each other.",
  } as const;
  throw new AppError("invalid", problem, { detail: sentences[problem] });
}
