import { describe, expect, it } from "vitest";
import { useTestDatabase } from "@/lib/testing/database/test-database";
import { createTestPerson } from "@/lib/testing/machine/machine-application";
import { callExternal, memberOf } from "@/lib/testing/machine/machine-requests";
import { createTestRoom } from "@/lib/testing/machine/machine-rooms";
import { statuses, useRoomRoutes } from "@/lib/testing/machine/room-routes";
import { auditEventsAbout } from "@/lib/testing/staff/staff-factory";
import { DELETE, GET, PATCH } from "./[roomId]/route";
import { GET as LIST } from "./route";

const test = useTestDatabase();
const { call, room, signInAs, tagOf, who } = useRoomRoutes({ GET, PATCH, DELETE });

describe("a change", () => {
  it("is answered with the whole room as it is now, under a new tag", async () => {
    const { id, slug } = await room({ configuration: { everyone_can_mute: true } });
    const before = await tagOf(id);
    const body = {
      name: "Weekly",
      access_level: "restricted",
      configuration: { can_publish_sources: ["camera"] },
      external_id: "event-1",
      expires_at: "2999-01-01T00:00:00+01:00",
      attendees: ["Guest@Example.com"],
    };
    const answer = await call("PATCH", id, { body, query: "?include=details" });
    expect(answer).toMatchObject({ status: 200, headers: { etag: expect.stringMatching(/^"2-[\w-]{16}"$/) } });
    expect(answer.json).toEqual({
      id,
      name: "Weekly",
      slug,
      access_level: "restricted",
      configuration: { can_publish_sources: ["camera"], everyone_can_mute: true },
      url: `http://localhost:3000/r/${slug}`,
      external_id: "event-1",
      expires_at: "2998-12-31T23:00:00.000Z",
      created_at: expect.stringMatching(/Z$/),
      updated_at: expect.stringMatching(/Z$/),
      role: "owner",
      attendees: ["guest@example.com"],
    });
    expect(before).not.toBe(answer.headers.etag);
    expect((await call("GET", id, { query: "?include=details" })).json).toEqual(answer.json);
  });

  it("takes away what is null, inside the configuration too, and leaves the rest", async () => {
    const { id, name } = await room({
      configuration: { everyone_can_mute: true, can_publish_sources: ["camera"] },
      expiresAt: new Date("2999-01-01"),
      externalId: "event-2",
    });
    const body = { expires_at: null, external_id: null, attendees: null, configuration: { everyone_can_mute: null } };
    const answer = await call("PATCH", id, {
      body,
      query: "?include=details",
      headers: { "Content-Type": "application/merge-patch+json" },
    });
    expect(answer.json).toMatchObject({ name, external_id: null, expires_at: null, attendees: [] });
    expect(memberOf(answer.json, "configuration")).toEqual({ can_publish_sources: ["camera"] });
  });

  it.each([
    ["no body", undefined],
    ["the empty object", {}],
    ["what the room has already", { access_level: "trusted", configuration: { everyone_can_mute: true } }],
    ["the same moment in another spelling", { expires_at: "2999-01-01T01:00:00+01:00" }],
    ["the name that it has", { external_id: "event-same" }],
    ["the guests that it has", { attendees: ["A@example.com", "a@example.com"] }],
    ["null for what is not there", { configuration: { can_publish_sources: null } }],
  ])("to %s is none: it raises no version, writes no audit event and keeps its date", async (_what, body) => {
    const { id } = await room({
      configuration: { everyone_can_mute: true },
      expiresAt: new Date("2999-01-01T00:00:00Z"),
    });
    const named = { externalId: "event-same", externalOwnerId: who().owner.id };
    await test.database.room.update({ where: { id }, data: named, select: { id: true } });
    await test.database.roomAttendee.create({ data: { roomId: id, email: "a@example.com" } });
    const before = await call("GET", id, { query: "?include=details" });
    const answer = await call("PATCH", id, { body, query: "?include=details" });
    expect(answer).toEqual(before);
    expect((await call("PATCH", id, { body, headers: { "If-Match": before.headers.etag ?? "" } })).status).toBe(200);
    expect(await auditEventsAbout(id)).toEqual([]);
    await test.database.room.delete({ where: { id }, select: { id: true } });
  });

  it("of one guest for another raises the version, though their number stays", async () => {
    const { id } = await room();
    await call("PATCH", id, { body: { attendees: ["a@example.com"] } });
    await call("PATCH", id, { body: { attendees: ["b@example.com"] } });
    expect(await tagOf(id)).toMatch(/^"3-/);
    expect(await auditEventsAbout(id)).toHaveLength(2);
  });

  it("leaves one audit event with what changed, and no address", async () => {
    const { id, name } = await room();
    await call("PATCH", id, { body: { name: "New", attendees: ["a@example.com", "b@example.com"] } });
    expect(await auditEventsAbout(id)).toEqual([
      expect.objectContaining({
        actorKind: "application",
        actorId: who().client.id,
        action: "room.updated",
        changes: { name: { before: name, after: "New" }, attendeeCount: { before: 0, after: 2 } },
      }),
    ]);
  });

  const refused: [string, unknown, Record<string, string[]>][] = [
    [
      "a public room",
      { access_level: "public" },
      { access_level: ["Public rooms are disabled for the external API."] },
    ],
    ["a closing time that is past", { expires_at: "2020-01-01T00:00:00Z" }, { expires_at: ["Must be in the future."] }],
    ["an unknown member", { acces_level: "trusted" }, { acces_level: ["Unknown name."] }],
    ["a new slug", { slug: "aaa-aaaa-aaa" }, { slug: ["Unknown name."] }],
    ["no name", { name: null }, { name: ["This field may not be null."] }],
    ["an unknown setting", { configuration: { x: 1 } }, { configuration: ["Extra inputs are not permitted."] }],
    ["a guest without address", { attendees: ["ana"] }, { attendees: ["Must be an e-mail address."] }],
  ];

  it.each(refused)("to %s is refused under the field's name, and changes nothing", async (_what, body, fields) => {
    const { id } = await room();
    const answer = await call("PATCH", id, { body });
    expect(answer).toMatchObject({ status: 400, json: { ...fields, status: 400, code: "invalid" } });
    expect(await tagOf(id)).toMatch(/^"1-/);
    expect(await auditEventsAbout(id)).toEqual([]);
  });

  it("may leave a public room public where none can be made any more", async () => {
    const { id } = await room({ accessLevel: "public" });
    expect((await call("PATCH", id, { body: { access_level: "public", name: "Hall" } })).status).toBe(200);
  });

  // Conformance: H04
  it("in another media type is refused with those that are read", async () => {
    const { id } = await room();
    const answer = await call("PATCH", id, { body: {}, headers: { "Content-Type": "application/json-patch+json" } });
    expect([answer.status, answer.headers["accept-patch"]]).toEqual([
      415,
      "application/merge-patch+json, application/json",
    ]);
  });

  it("of the external id is for the application that made the room, and to a name that is free", async () => {
    const { id } = await room({ externalId: "event-3" });
    const rival = await room();
    expect(await call("PATCH", rival.id, { body: { external_id: "event-4" } })).toMatchObject({ status: 200 });
    const stranger = await createTestRoom(who().owner.id);
    expect(await call("PATCH", stranger.id, { body: { external_id: "event-5" } })).toMatchObject({
      status: 403,
      json: { code: "external_id_not_yours" },
    });
    await call("PATCH", id, { body: { external_id: "event-3" } });
    expect(await call("PATCH", rival.id, { body: { external_id: "event-3" } })).toMatchObject({
      status: 409,
      json: { code: "external_id_taken" },
    });
  });
});

describe("deletion", () => {
  // Conformance: H08
  it("is 204 without a body, then the room is gone for everything", async () => {
    const { id, slug } = await room({ externalId: "gone" });
    expect(await call("DELETE", id)).toEqual({
      status: 204,
      text: "",
      json: undefined,
      headers: { "cache-control": "no-store" },
    });
    for (const method of ["DELETE", "GET", "PATCH"] as const) {
      const answer = await call(method, id, method === "PATCH" ? { body: {} } : {});
      expect(answer).toMatchObject({ status: 404, json: { code: "room_not_found" } });
    }
    for (const query of [`?slug=${slug}`, "?external_id=gone", `?url=http://localhost:3000/r/${slug}`]) {
      const list = await callExternal(LIST, { token: who().token, path: `/api/external/rooms${query}` });
      expect(list.json).toMatchObject({ count: 0, results: [] });
    }
    expect((await auditEventsAbout(id)).map(({ action }) => action)).toEqual(["room.deleted"]);
  });

  it("happens once, however many ask for it at once", async () => {
    const { id } = await room();
    const answers = await Promise.all(Array.from({ length: 4 }, () => call("DELETE", id)));
    expect(statuses(answers)).toEqual([204, 404, 404, 404]);
  });
});

describe("details", () => {
  it("keep the external id from other applications, and guests from members", async () => {
    const person = await createTestPerson();
    const { id } = await createTestRoom(person.id, { role: "member", externalId: "theirs" });
    await test.database.roomAttendee.create({ data: { roomId: id, email: "guest@example.com" } });
    const answer = await call("GET", id, { query: "?include=details", token: await signInAs(person.email) });
    expect(answer.json).toMatchObject({ external_id: null, role: "member" });
    expect(answer.json).not.toHaveProperty("attendees");
  });

  it.each(["?include=everything", "?include=", "?includes=details"])(
    "are asked for as such, not by %s",
    async (query) => {
      const { id } = await room();
      expect((await call("GET", id, { query })).status).toBe(400);
    },
  );
});

describe("an expired room", () => {
  it("is still there for its owner, with its date, and can be opened again", async () => {
    const { id } = await room({ expiresAt: new Date("2020-01-01T00:00:00Z") });
    const answer = await call("GET", id, { query: "?include=details" });
    expect(answer.json).toMatchObject({ expires_at: "2020-01-01T00:00:00.000Z" });
    const reopened = await call("PATCH", id, {
      body: { expires_at: "2999-01-01T00:00:00Z" },
      query: "?include=details",
    });
    expect(reopened.json).toMatchObject({ expires_at: "2999-01-01T00:00:00.000Z" });
  });
});
