import { beforeAll, describe, expect, it } from "vitest";
import { database } from "@/lib/db/client";
import { setConfig } from "@/lib/env/config";
import { offerAuthenticatorApp } from "@/lib/staff/second-factor/change-authenticator-app";
import { SECOND_FACTOR_FILTERS, staffList } from "@/lib/staff/staff.schema";
import { useTestDatabase } from "@/lib/testing/database/test-database";
import { addApp, signInAs, storePasskey } from "@/lib/testing/staff/second-factors";
import { createStaffMember } from "@/lib/testing/staff/staff-factory";
import { testConfig } from "@/lib/testing/test-config";
import { listStaff } from "./list-staff";

useTestDatabase();
beforeAll(() => setConfig(testConfig()));

const NOW = new Date("2026-01-01T09:00:00Z");

/** Members whose names hold `q`, one of each kind. */
async function storeKinds(q: string) {
  const add = async (kind: string, overrides = {}) => createStaffMember({ name: `${q} ${kind}`, ...overrides });
  await add("nothing");
  await storePasskey((await add("passkey")).id);
  await addApp(await signInAs(await add("app"), { at: () => NOW }));
  const both = await add("both");
  await storePasskey(both.id);
  await storePasskey(both.id);
  await addApp(await signInAs(both, { at: () => NOW }));
  await offerAuthenticatorApp(await signInAs(await add("shown"), { at: () => NOW }));
  const { id: staffMemberId } = await add("outside", { passwordHash: null });
  for (const subject of ["s-1", "s-2"]) {
    await database().staffIdentity.create({
      data: { staffMemberId, issuer: "https://id.example", subject: q + subject },
    });
  }
}

const find = async (query: Record<string, string>) => {
  const { rows, rowCount } = await listStaff(staffList.parse(query), NOW);
  expect(rowCount).toBe(rows.length);
  return rows;
};

describe("the list of staff by second factor", () => {
  it("finds each member once, under what their row shows and what they have", async () => {
    await storeKinds("Kinds");
    const kinds = async (secondFactor: string) =>
      (await find({ q: "kinds", secondFactor })).map(({ name }) => name.replace("Kinds ", ""));
    expect(await kinds("on")).toEqual(["app", "both", "passkey"]);
    expect(await kinds("passkey")).toEqual(["both", "passkey"]);
    expect(await kinds("app")).toEqual(["app", "both"]);
    // A key that gave no right code yet is no second factor.
    expect(await kinds("off")).toEqual(["nothing", "shown"]);
    expect(await kinds("external")).toEqual(["outside"]);
    expect(await kinds("")).toHaveLength(6);
    for (const row of await find({ q: "kinds", secondFactor: "on" })) expect(row.hasSecondFactor).toBe(true);
  });

  it("never says of who signs in with the organisation that they have none, or have one here", async () => {
    const { id: staffMemberId } = await createStaffMember({ name: "Both ways" });
    await storePasskey(staffMemberId);
    await database().staffIdentity.create({ data: { staffMemberId, issuer: "https://id.example", subject: "both" } });
    for (const secondFactor of SECOND_FACTOR_FILTERS) {
      expect(await find({ q: "both ways", secondFactor })).toHaveLength(secondFactor === "external" ? 1 : 0);
    }
  });

  it("is narrowed by the other filters and the search, and takes what it does not know for no filter", async () => {
    await storePasskey((await createStaffMember({ name: "Narrow viewer", role: "viewer" })).id);
    await storePasskey((await createStaffMember({ name: "Narrow gone", isActive: false })).id);
    const names = async (query: Record<string, string>) =>
      (await find({ q: "narrow", secondFactor: "passkey", ...query })).map(({ name }) => name);
    expect(await names({ role: "viewer" })).toEqual(["Narrow viewer"]);
    expect(await names({ status: "inactive" })).toEqual(["Narrow gone"]);
    expect(await names({ role: "administrator" })).toEqual([]);
    expect(await names({ q: "nobody is called so" })).toEqual([]);
    expect(await names({ secondFactor: "' OR true --" })).toHaveLength(2);
  });

  it("reads no more than a page, whatever it finds", async () => {
    for (let index = 0; index < 27; index += 1) {
      await storePasskey((await createStaffMember({ name: `Paged ${String(index).padStart(2, "0")}` })).id);
    }
    const page = (number: string) =>
      listStaff(staffList.parse({ q: "paged", secondFactor: "passkey", page: number }), NOW);
    const [first, second] = [await page("1"), await page("2")];
    expect([first.rows.length, second.rows.length, first.rowCount]).toEqual([25, 2, 27]);
    expect(new Set([...first.rows, ...second.rows].map(({ id }) => id)).size).toBe(27);
  });
});
