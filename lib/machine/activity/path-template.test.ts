import { readdirSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { EXTERNAL_PATHS, roomIdOf, toPathTemplate } from "./path-template";

const ROOM = "0193a5a0-0000-7000-8000-000000000001";

describe("the path of a row", () => {
  it("is that of a route that there is, for every route", () => {
    const routes = ["api/external", "external-api"].flatMap((folder) =>
      readdirSync(`app/${folder}`, { recursive: true })
        .map(String)
        .filter((name) => name.endsWith("route.ts") && !name.includes("application"))
        .map((name) => `/${folder}/${name.replaceAll("\\", "/").replace("/route.ts", "")}`),
    );
    const named = routes.map((path) => path.replace("[roomId]", "{room_id}").replace("[accessId]", "{access_id}"));
    expect(named.sort()).toEqual([...EXTERNAL_PATHS].sort());
  });

  it.each([
    ["/api/external/rooms", "/api/external/rooms"],
    ["/api/external/rooms/", "/api/external/rooms"],
    [`/api/external/rooms/${ROOM}`, "/api/external/rooms/{room_id}"],
    ["/api/external/rooms/ana@example.com", "/api/external/rooms/{room_id}"],
    [`/api/external/rooms/${ROOM}/accesses/${ROOM}/`, "/api/external/rooms/{room_id}/accesses/{access_id}"],
    [`/external-api/v1.0/rooms/${ROOM}/`, "/external-api/v1.0/rooms/{room_id}"],
    ["/api/external/vst_secret", "unknown"],
    ["/", "unknown"],
  ])("holds nothing that was sent: %s", (path, template) => {
    expect(toPathTemplate(path)).toBe(template);
  });
});

describe("the room of a row", () => {
  it.each([
    ["/api/external/rooms", `/api/external/rooms/${ROOM}`, ROOM],
    [`/api/external/rooms/${ROOM.toUpperCase()}/accesses`, null, ROOM],
    [`/api/external/rooms/${ROOM}/accesses`, `/api/external/rooms/${ROOM}/accesses/x`, ROOM],
    ["/api/external/rooms/no-uuid", null, null],
    ["/api/external/me", null, null],
  ])("is the one in the path, or the one that was made: %s", (path, location, room) => {
    expect(roomIdOf(path, location)).toBe(room);
  });
});
