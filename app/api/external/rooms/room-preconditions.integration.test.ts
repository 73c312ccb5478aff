import { describe, expect, it } from "vitest";
import { useTestDatabase } from "@/lib/testing/database/test-database";
import { createTestClient, createTestPerson } from "@/lib/testing/machine/machine-application";
import { createTestRoom } from "@/lib/testing/machine/machine-rooms";
import { statuses, useRoomRoutes } from "@/lib/testing/machine/room-routes";
import { DELETE, GET, PATCH } from "./[roomId]/route";

const test = useTestDatabase();
const { call, room, signInAs, tagOf, who } = useRoomRoutes({ GET, PATCH, DELETE });

describe("If-Match", () => {
  // Conformance: H09
  it("lets one of two changes at once win, and tells the other that it lost", async () => {
    for (let round = 0; round < 5; round += 1) {
      const { id } = await room();
      const headers = { "If-Match": await tagOf(id) };
      const answers = await Promise.all(["one", "two"].map((name) => call("PATCH", id, { body: { name }, headers })));
      expect(statuses(answers)).toEqual([200, 412]);
      expect(await tagOf(id)).toMatch(/^"2-/);
    }
  });

  it("counts every change made without it: the last write wins and no version is lost", async () => {
    const { id } = await room();
    const answers = await Promise.all(
      Array.from({ length: 8 }, (_, index) => call("PATCH", id, { body: { name: `n${index}` } })),
    );
    expect(statuses(answers)).toEqual(Array(8).fill(200));
    expect(await tagOf(id)).toMatch(/^"9-/);
  });

  it("accepts the tag of any representation, one of several, and *", async () => {
    const { id } = await room();
    const { etag = "" } = (await call("GET", id, { query: "?include=details" })).headers;
    for (const condition of [etag, `"x", ${await tagOf(id)}`, "*"]) {
      const headers = { "If-Match": condition };
      // The version rises each time: each condition is made from the present one.
      const current =
        condition === "*" ? headers : { "If-Match": condition.replace(/"\d+-/, (await tagOf(id)).slice(0, 3)) };
      expect((await call("PATCH", id, { body: { name: condition }, headers: current })).status).toBe(200);
    }
  });

  it.each([['W/"1-AAAAAAAAAAAAAAAA"'], ['W/"old", W/""']])(
    "refuses %s with 412, says that a strong tag is needed, and changes nothing",
    async (tag) => {
      const { id } = await room();
      const answers = [
        await call("PATCH", id, { body: { name: "x" }, headers: { "If-Match": tag } }),
        await call("DELETE", id, { headers: { "If-Match": tag } }),
      ];
      for (const answer of answers) {
        expect(answer).toMatchObject({
          status: 412,
          json: {
            status: 412,
            code: "entity_tag_weak",
            detail: "If-Match needs a strong tag: the ETag of an answer as it stands, without W/ before it.",
          },
        });
      }
      expect(await tagOf(id)).toMatch(/^"1-/);
    },
  );

  it.each(['"1"', '"0-AAAAAAAAAAAAAAAA"', 'W/"1-AAAAAAAAAAAAAAAA", "0-AAAAAAAAAAAAAAAA"', '"old"', '""'])(
    "refuses %s with 412 and changes nothing",
    async (tag) => {
      const { id } = await room();
      const answers = [
        await call("PATCH", id, { body: { name: "x" }, headers: { "If-Match": tag } }),
        await call("DELETE", id, { headers: { "If-Match": tag } }),
      ];
      for (const answer of answers) {
        expect(answer).toMatchObject({ status: 412, json: { status: 412, code: "room_version_differs" } });
      }
      expect(await tagOf(id)).toMatch(/^"1-/);
    },
  );

  it.each(["old", "1", '"a" "b"', '"a",', "*, *", ""])(
    "refuses %j with 400: nobody can tell what is meant",
    async (tag) => {
      const { id } = await room();
      const answer = await call("PATCH", id, { body: {}, headers: { "If-Match": tag } });
      expect(answer).toMatchObject({ status: 400, json: { code: "condition_malformed" } });
    },
  );
});

describe("If-None-Match", () => {
  it("saves the body of a room that has not changed, and of none that has", async () => {
    const { id } = await room();
    const tag = await tagOf(id);
    const known = await call("GET", id, { headers: { "If-None-Match": `W/${tag}` } });
    expect(known).toEqual({
      status: 304,
      text: "",
      json: undefined,
      headers: { "cache-control": "no-store", etag: tag },
    });
    expect((await call("GET", id, { headers: { "If-None-Match": tag }, query: "?include=details" })).status).toBe(200);
    await call("PATCH", id, { body: { name: "changed" } });
    expect((await call("GET", id, { headers: { "If-None-Match": tag } })).status).toBe(200);
  });
});

describe("a role", () => {
  it.each([
    ["owner", 200, 204],
    ["administrator", 200, 403],
    ["member", 403, 403],
  ] as const)("of %s gets %i for a change and %i for deletion", async (role, change, deletion) => {
    const person = await createTestPerson();
    const { id } = await createTestRoom(person.id, { role });
    const its = { token: await signInAs(person.email) };
    const answers = [await call("PATCH", id, { body: { name: "x" }, ...its }), await call("DELETE", id, its)];
    expect(answers.map(({ status }) => status)).toEqual([change, deletion]);
    for (const answer of answers.filter(({ status }) => status === 403)) {
      expect(answer).toMatchObject({ json: { code: "room_role_insufficient" } });
    }
  });

  it("that somebody does not have makes the room one that never was, for every method", async () => {
    const { id } = await room();
    const stranger = { token: await signInAs((await createTestPerson()).email) };
    for (const method of ["GET", "PATCH", "DELETE"] as const) {
      const body = (await method) === "PATCH" ? { body: { name: "x" } } : {};
      const [known, unknown] = [
        await call(method, id, { ...body, ...stranger }),
        await call(method, "0193575a-0000-7000-8000-00000000dead", { ...body, ...stranger }),
      ];
      expect(known).toEqual(unknown);
      expect(known.status).toBe(404);
    }
    expect(await test.database.room.count({ where: { id, deletedAt: null } })).toBe(1);
  });

  it("does not replace the scope", async () => {
    const { id } = await room();
    const narrow = { token: await signInAs(who().owner.email, await createTestClient()) };
    expect((await call("PATCH", id, { body: {}, ...narrow })).status).toBe(403);
    expect((await call("DELETE", id, narrow)).status).toBe(403);
  });
});
