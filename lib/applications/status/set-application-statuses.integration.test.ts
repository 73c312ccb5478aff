import { randomUUID } from "node:crypto";
import { beforeAll, describe, expect, it } from "vitest";
import { setApplicationStatusesSchema } from "@/lib/applications/application.schema";
import { database } from "@/lib/db/client";
import { setConfig } from "@/lib/env/config";
import { useTestDatabase } from "@/lib/testing/database/test-database";
import { auditEventsAbout, createStaffActor } from "@/lib/testing/staff/staff-factory";
import { testConfig } from "@/lib/testing/test-config";
import { contextOf } from "@/lib/testing/verb-context";
import { previewApplicationStatuses } from "./preview-application-statuses";
import { setApplicationStatuses } from "./set-application-statuses";

useTestDatabase();
beforeAll(() => setConfig(testConfig()));

async function store(name: string, isActive: boolean): Promise<string> {
  const { id } = await database().application.create({
    data: { name, clientId: randomUUID(), isActive },
    select: { id: true },
  });
  return id;
}

const activeOf = async (ids: string[]) => {
  const rows = await database().application.findMany({
    where: { id: { in: ids } },
    select: { id: true, isActive: true },
  });
  return new Map(rows.map(({ id, isActive }) => [id, isActive]));
};

describe("setApplicationStatuses", () => {
  it("switches those that are not in that state yet, with one audit event each, and no other", async () => {
    const actor = await createStaffActor();
    const [first, second, off, other] = [
      await store("First", true),
      await store("Second", true),
      await store("Off", false),
      await store("Other", true),
    ];
    const applicationIds = [first, second, off, randomUUID()];
    const { switchedIds } = await setApplicationStatuses(contextOf(actor), { applicationIds, isActive: false });
    expect(switchedIds).toEqual([first, second].sort());
    expect([...(await activeOf([first, second, off, other])).entries()].filter(([, isActive]) => isActive)).toEqual([
      [other, true],
    ]);
    for (const id of [first, second]) {
      expect(await auditEventsAbout(id)).toEqual([
        expect.objectContaining({
          actorKind: "staff",
          actorId: actor.id,
          action: "application.deactivated",
          targetKind: "application",
          changes: { isActive: { before: true, after: false } },
        }),
      ]);
    }
    for (const id of [off, other]) expect(await auditEventsAbout(id)).toEqual([]);
  });

  it("switches none when one audit event cannot be stored", async () => {
    const actor = { ...(await createStaffActor()), requestId: "x".repeat(65) };
    const ids = [await store("One", true), await store("Two", true)];
    await expect(setApplicationStatuses(contextOf(actor), { applicationIds: ids, isActive: false })).rejects.toThrow(
      /auditEvent\.create/,
    );
    expect([...(await activeOf(ids)).values()]).toEqual([true, true]);
  });

  it("switches each once when several people do it at the same moment, in any order of theirs", async () => {
    const actor = await createStaffActor();
    const ids = [await store("A", true), await store("B", true), await store("C", true)];
    const answers = await Promise.all(
      [ids, [...ids].reverse(), ids].map((applicationIds) =>
        setApplicationStatuses(contextOf(actor), { applicationIds, isActive: false }),
      ),
    );
    expect(answers.flatMap(({ switchedIds }) => switchedIds)).toHaveLength(3);
    for (const id of ids) expect(await auditEventsAbout(id)).toHaveLength(1);
  });

  it.each([
    ["none", { applicationIds: [], isActive: false }],
    ["more than a page", { applicationIds: Array.from({ length: 51 }, () => randomUUID()), isActive: false }],
    ["something that is no id", { applicationIds: ["1"], isActive: false }],
    ["more than ids and a state", { applicationIds: [randomUUID()], isActive: false, all: true }],
  ])("refuses a form with %s", (_what, form) => {
    expect(setApplicationStatusesSchema.safeParse(form).success).toBe(false);
  });
});

describe("previewApplicationStatuses", () => {
  it("names what would change, with its calls, and not what is in that state already", async () => {
    const [b, a, off] = [await store("Bee", true), await store("Ant", true), await store("Off", false)];
    const other = await store("Other", true);
    const none = "00000000-0000-0000-0000-000000000000";
    const call = { credentialId: none, personId: none, outcome: "ok", lastAt: new Date() };
    const hour = new Date(Math.floor(Date.now() / 3_600_000) * 3_600_000);
    await database().usageHourly.createMany({
      data: [
        { hour, applicationId: a, kind: "tokens", count: 3, ...call },
        { hour, applicationId: b, kind: "rooms", count: 4, ...call },
        { hour, applicationId: off, kind: "rooms", count: 50, ...call },
        { hour, applicationId: other, kind: "rooms", count: 500, ...call },
      ],
    });
    expect(await previewApplicationStatuses({ applicationIds: [b, a, off], isActive: false }, new Date())).toEqual({
      applications: [
        { id: a, name: "Ant" },
        { id: b, name: "Bee" },
      ],
      calls: { tokens: 3, rooms: 4, refused: 0, applications: 2, lastCallAt: expect.any(Date) },
    });
    expect(await previewApplicationStatuses({ applicationIds: [a], isActive: true }, new Date())).toMatchObject({
      applications: [],
      calls: { tokens: 0, rooms: 0, lastCallAt: null },
    });
  });
});
