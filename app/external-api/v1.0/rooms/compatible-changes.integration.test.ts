import { beforeEach, describe, expect, it } from "vitest";
import { PATCH as PATCH_OWN } from "@/app/api/external/rooms/[roomId]/route";
import { useTestDatabase } from "@/lib/testing/database/test-database";
import { memberOf } from "@/lib/testing/machine/machine-requests";
import { useRoomRoutes } from "@/lib/testing/machine/room-routes";
import { auditEventsAbout } from "@/lib/testing/staff/staff-factory";
import { DELETE, GET, PATCH } from "./[roomId]/route";

useTestDatabase();
const { call, room } = useRoomRoutes({ GET, PATCH, DELETE });
const own = useRoomRoutes({ GET, PATCH: PATCH_OWN, DELETE });

describe("a change of the configuration, as La Suite Meet", () => {
  const present = { can_publish_sources: ["camera"], everyone_can_mute: true };
  let id: string;

  beforeEach(async () => {
    id = (await room({ configuration: present })).id;
  });

  it.each([
    [{ everyone_can_mute: false }, { everyone_can_mute: false }],
    [{ can_publish_sources: ["microphone"] }, { can_publish_sources: ["microphone"] }],
    [{ can_publish_sources: null }, {}],
    [{}, {}],
  ])("to %j is the whole of it: %j", async (configuration, after) => {
    const answer = await call("PATCH", id, { body: { configuration } });
    expect([answer.status, memberOf(answer.json, "configuration")]).toEqual([200, after]);
    expect((await call("GET", id)).json).toEqual(answer.json);
  });

  it("is a merge patch at our own path", async () => {
    const mine = await own.room({ configuration: present });
    const answer = await own.call("PATCH", mine.id, { body: { configuration: { everyone_can_mute: false } } });
    expect(memberOf(answer.json, "configuration")).toEqual({ ...present, everyone_can_mute: false });
  });

  it("keeps it when it is not named, and refuses null", async () => {
    const kept = await call("PATCH", id, { body: { access_level: "restricted" } });
    expect(memberOf(kept.json, "configuration")).toEqual(present);
    const refused = await call("PATCH", id, { body: { configuration: null } });
    expect([refused.status, refused.json]).toEqual([400, { configuration: ["This field may not be null."] }]);
  });

  it("to what it is changes nothing", async () => {
    const tag = (await call("GET", id)).headers.etag;
    for (const body of [undefined, {}, { configuration: present }, { title: "ignored" }]) {
      expect(await call("PATCH", id, { body })).toMatchObject({ status: 200, headers: { etag: tag } });
    }
    expect(await auditEventsAbout(id)).toEqual([]);
  });
});
