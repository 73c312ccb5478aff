import { beforeAll, describe, expect, it } from "vitest";
import { setConfig } from "@/lib/env/config";
import { useTestDatabase } from "@/lib/testing/database/test-database";
import { createTestPerson } from "@/lib/testing/machine/machine-application";
import { createTestRoom } from "@/lib/testing/machine/machine-rooms";
import { auditEventsAbout } from "@/lib/testing/staff/staff-factory";
import { testConfig } from "@/lib/testing/test-config";
import { purgeDeletedRooms } from "./purge-deleted-rooms";

const test = useTestDatabase();
const NOW = new Date("2026-11-24T12:00:00Z");
const daysAgo = (days: number) => new Date(NOW.getTime() - days * 86_400_000);
let personId: string;

beforeAll(async () => {
  setConfig(testConfig());
  ({ id: personId } = await createTestPerson());
});

describe("purgeDeletedRooms", () => {
  it("removes rooms deleted long enough ago with all that hangs on them, and no other", async () => {
    const [old, recent] = [
      await createTestRoom(personId, { deletedAt: daysAgo(30) }),
      await createTestRoom(personId, { deletedAt: daysAgo(29.999) }),
    ];
    const expired = await createTestRoom(personId, { expiresAt: daysAgo(400) });
    await test.database.roomAttendee.create({ data: { roomId: old.id, email: "guest@example.com" } });
    expect(await purgeDeletedRooms(NOW, 30)).toBe(1);
    const left = await test.database.room.findMany({ select: { id: true } });
    expect(left.map(({ id }) => id).sort()).toEqual([recent.id, expired.id].sort());
    expect(await test.database.roomAttendee.count()).toBe(0);
    expect(await auditEventsAbout(old.id)).toEqual([
      {
        actorKind: "system",
        actorId: null,
        action: "room.purged",
        targetKind: "room",
        ip: null,
        requestId: null,
        changes: { slug: { before: old.slug, after: null } },
      },
    ]);
    expect(await purgeDeletedRooms(NOW, 30)).toBe(0);
  });

  it("removes each room once when two instances do it at once", async () => {
    for (let index = 0; index < 5; index += 1) await createTestRoom(personId, { deletedAt: daysAgo(60) });
    const counts = await Promise.all([purgeDeletedRooms(NOW, 30), purgeDeletedRooms(NOW, 30)]);
    expect(counts[0] + counts[1]).toBe(5);
  });
});
