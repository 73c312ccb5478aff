// Runs on both databases: several starts at once.
import { beforeEach, describe, expect, it } from "vitest";
import { SYSTEM } from "@/lib/audit/actor";
import { database } from "@/lib/db/client";
import { AppError } from "@/lib/errors/app-error";
import { useTestDatabase } from "@/lib/testing/database/test-database";
import { auditEventsAbout, createStaffMember, dumpDatabase } from "@/lib/testing/staff/staff-factory";
import { testConfig } from "@/lib/testing/test-config";
import { ensureFirstAdministrator } from "./ensure-first-administrator";

useTestDatabase();
beforeEach(async () => {
  await database().staffMember.deleteMany();
});

const ensure = (settings: { email?: string; password?: string } = {}) => {
  const config = testConfig({ adminEmail: settings.email, adminPassword: settings.password });
  return ensureFirstAdministrator({ actor: SYSTEM, now: () => new Date(), config });
};

const stored = () =>
  database().staffMember.findMany({ select: { id: true, email: true, name: true, role: true, isActive: true } });

const verifies = (email: string, candidate: string) =>
  database().staffMember.verifySecret({ where: { email }, field: "passwordHash", candidate });

describe("ensureFirstAdministrator on an empty installation", () => {
  it("creates one administrator with a random password, which it returns once and stores hashed only", async () => {
    const result = await ensure();
    expect(result).toEqual({
      created: true,
      email: "admin@vestibule.localhost",
      generatedPassword: expect.stringMatching(/^[A-Za-z0-9]{24}$/),
    });
    expect(await stored()).toEqual([
      {
        id: expect.any(String),
        email: "admin@vestibule.localhost",
        name: "Administrator",
        role: "administrator",
        isActive: true,
      },
    ]);
    const password = result.created ? (result.generatedPassword ?? "") : "";
    expect(await verifies("admin@vestibule.localhost", password)).toBe(true);
    expect(await dumpDatabase()).not.toContain(password);
    expect(await ensure()).toEqual({ created: false });
  });

  it("takes the e-mail and password it is given, and does not return the password", async () => {
    const password = "a password of the operator ";
    expect(await ensure({ email: " Ana@Example.com", password })).toEqual({
      created: true,
      email: "ana@example.com",
    });
    expect(await verifies("ana@example.com", password)).toBe(true);
    // Exactly that: not trimmed, not folded.
    expect(await verifies("ana@example.com", password.trim())).toBe(false);
    expect(await verifies("ana@example.com", password.toUpperCase())).toBe(false);
  });

  it("records the creation by the system, without e-mail and password", async () => {
    await ensure({ password: "a password of the operator" });
    const [member] = await stored();
    expect(await auditEventsAbout(member?.id ?? "")).toEqual([
      {
        actorKind: "system",
        actorId: null,
        action: "staff.created",
        targetKind: "staff_member",
        ip: null,
        requestId: null,
        changes: { role: { before: null, after: "administrator" } },
      },
    ]);
  });

  it("creates one only when five processes start at once, and one of them knows the password", async () => {
    const results = await Promise.all(Array.from({ length: 5 }, () => ensure()));
    const passwords = results.flatMap((result) => (result.created ? [result.generatedPassword ?? ""] : []));
    expect(passwords).toHaveLength(1);
    expect(await stored()).toHaveLength(1);
    expect(await verifies("admin@vestibule.localhost", passwords[0] ?? "")).toBe(true);
  });

  it.each<[string, { email?: string; password?: string }, RegExp]>([
    ["password_too_short", { password: "elevenchars" }, /ADMIN_PASSWORD must have at least 12/],
    ["password_too_short", { password: "" }, /ADMIN_PASSWORD/],
    ["password_too_long", { password: "x".repeat(257) }, /ADMIN_PASSWORD must have at most 256/],
    ["password_looks_hashed", { password: "$2b$12$abcdefghijklmnopqrstuv" }, /not a hash/],
    ["email_invalid", { email: "ana" }, /ADMIN_EMAIL/],
  ])("refuses settings with %s, and creates nobody", async (reason, settings, detail) => {
    const failure = await ensure(settings).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(AppError);
    expect(failure).toMatchObject({ code: "invalid", reason, detail: expect.stringMatching(detail) });
    if (settings.password) expect(JSON.stringify(failure)).not.toContain(settings.password);
    expect(await stored()).toEqual([]);
  });
});

describe("ensureFirstAdministrator where somebody is", () => {
  it.each([{ role: "viewer" }, { role: "administrator", isActive: false }] as const)(
    "creates nobody next to %j, whatever the settings",
    async (existing) => {
      const member = await createStaffMember(existing);
      expect(await ensure({ email: "new@example.com", password: "short" })).toEqual({
        created: false,
      });
      expect((await stored()).map(({ id }) => id)).toEqual([member.id]);
    },
  );

  it("changes no password of an existing member of the same name", async () => {
    await ensure({ email: "ana@example.com", password: "the first password" });
    await ensure({ email: "ana@example.com", password: "another password" });
    expect(await verifies("ana@example.com", "the first password")).toBe(true);
    expect(await verifies("ana@example.com", "another password")).toBe(false);
  });
});
