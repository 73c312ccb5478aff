import { beforeAll, describe, expect, it } from "vitest";
import { database } from "@/lib/db/client";
import { setConfig } from "@/lib/env/config";
import { useTestDatabase } from "@/lib/testing/database/test-database";
import { createTestClient } from "@/lib/testing/machine/machine-application";
import { createStaffMember } from "@/lib/testing/staff/staff-factory";
import { testConfig } from "@/lib/testing/test-config";
import { getFirstSteps } from "./first-steps";

useTestDatabase();
beforeAll(() => setConfig(testConfig()));

const PUBLIC = { publicUrl: "https://rooms.example.org", roomBaseUrl: "https://meet.example.org" };
const NOTHING = { address: false, application: false, token: false, administrator: false, frontEnd: false };
const local = (publicUrl = "http://localhost:3000") => getFirstSteps({ publicUrl, roomBaseUrl: undefined });

describe("the first steps of an installation", () => {
  it("are all to be done in an empty one on this computer", async () => {
    await createStaffMember({ role: "administrator" });
    expect(await local()).toEqual(NOTHING);
    expect(await local("http://127.0.0.1:3000")).toEqual(NOTHING);
  });

  it("have an address and a front end when the server's settings do", async () => {
    expect(await getFirstSteps(PUBLIC)).toEqual({ ...NOTHING, address: true, frontEnd: true });
  });

  it("count no administrator who is deactivated, and nobody with another role", async () => {
    await createStaffMember({ role: "administrator", isActive: false });
    await createStaffMember({ role: "manager" });
    expect(await local()).toEqual(NOTHING);
    await createStaffMember({ role: "administrator" });
    expect(await local()).toEqual({ ...NOTHING, administrator: true });
  });

  it("have their application when there is one that is not deleted, and their token when one was used", async () => {
    const [gone, client] = [await createTestClient(), await createTestClient()];
    const done = { ...NOTHING, administrator: true, application: true };
    const { id } = gone;
    const data = { isActive: false, deletedAt: new Date(), lastUsedAt: new Date() };
    await database().application.update({ where: { id }, data, select: { id: true } });
    expect(await local()).toEqual(done);
    await database().application.update({
      where: { id: client.id },
      data: { lastUsedAt: new Date() },
      select: { id: true },
    });
    expect(await local()).toEqual({ ...done, token: true });
    await database().application.update({
      where: { id: client.id },
      data: { isActive: false, deletedAt: new Date() },
      select: { id: true },
    });
    expect(await local()).toEqual({ ...NOTHING, administrator: true });
  });
});
