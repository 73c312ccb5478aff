import { describe, expect, it } from "vitest";
import { z } from "zod";
import * as access from "@/lib/rooms/access/room-access.schema";
import * as query from "@/lib/rooms/listing/room-query.schema";
import { createBasicRoomSchema, createRoomSchema, updateRoomSchema } from "./room.schema";
import * as representation from "./room-representation.schema";

const INPUTS = {
  createBasicRoomSchema,
  createRoomSchema,
  updateRoomSchema,
  createRoomAccessSchema: access.createRoomAccessSchema,
  updateRoomAccessSchema: access.updateRoomAccessSchema,
  roomQuery: query.roomQuery,
  listRoomsQuery: query.listRoomsQuery,
  listBasicRoomsQuery: query.listBasicRoomsQuery,
};

const OUTPUTS = {
  roomRepresentation: representation.roomRepresentation,
  roomDetailsRepresentation: representation.roomDetailsRepresentation,
  roomPageRepresentation: representation.roomPageRepresentation,
  roomCursorPageRepresentation: representation.roomCursorPageRepresentation,
  roomAccessRepresentation: access.roomAccessRepresentation,
  roomAccessListRepresentation: access.roomAccessListRepresentation,
};

/** A schema with a name is described under it, a query by itself. */
function describeSchema(schema: z.ZodType, io: "input" | "output"): unknown {
  const described = z.toJSONSchema(schema, { io });
  const { $ref, $defs = {} } = described;
  return $ref === undefined ? described : $defs[$ref.replace("#/$defs/", "")];
}

describe("the schemas of the rooms API", () => {
  it.each(Object.entries(INPUTS))("describe what may be sent in JSON Schema: %s", (_name, schema) => {
    expect(describeSchema(schema, "input")).toMatchObject({ type: "object" });
  });

  it.each(Object.entries(OUTPUTS))("describe what is answered in JSON Schema: %s", (_name, schema) => {
    expect(describeSchema(schema, "output")).toMatchObject({ type: "object", additionalProperties: false });
  });
});

describe("an expiry", () => {
  const parse = (expires_at: unknown) => createRoomSchema.safeParse({ expires_at });

  it.each(["2030-01-01T00:00:00Z", "2030-01-01T02:00:00+02:00", "2029-12-31T19:00:00.000-05:00"])(
    "means one moment, however it is written: %s",
    (text) => expect(parse(text).data?.expires_at).toEqual(new Date("2030-01-01T00:00:00Z")),
  );

  it.each(["2030-01-01", "2030-01-01T00:00:00", "2030-02-30T00:00:00Z", "tomorrow", "", 1893456000, {}])(
    "is refused as %j",
    (value) => expect(parse(value).success).toBe(false),
  );
});

describe("a moment", () => {
  const PARSERS: Record<string, (moment: string) => z.ZodSafeParseResult<object>> = {
    "expires_at of a creation": (expires_at) => createRoomSchema.safeParse({ expires_at }),
    "expires_at of a change": (expires_at) => updateRoomSchema.safeParse({ expires_at }),
    "updated_since of the list": (updated_since) => query.listRoomsQuery.safeParse({ updated_since }),
  };

  it.each(
    Object.entries(PARSERS).flatMap(([name, parse]) =>
      [
        "9999-12-31T23:59:59-05:00",
        "9999-12-31T24:00:00Z",
        "10000-01-01T00:00:00Z",
        "+010000-01-01T00:00:00Z",
        "-000001-01-01T00:00:00Z",
        "0000-01-01T00:00:00Z",
        "0001-01-01T00:00:00+00:01",
        "2026-06-30T23:59:60Z",
        "2027-02-29T00:00:00Z",
      ].map((moment) => [name, moment, parse] as const),
    ),
  )("as %s is refused as %s, with the bounds", (_name, moment, parse) => {
    expect(parse(moment).error?.issues.map(({ message }) => message)).toEqual([
      "Must be an RFC 3339 date and time with an offset, such as 2026-11-24T09:30:00Z, " +
        "between 0001-01-01T00:00:00Z and 9999-12-31T23:59:59.999Z.",
    ]);
  });

  it.each(Object.entries(PARSERS))("as %s may be the first and the last one there is", (_name, parse) => {
    for (const moment of [
      "0001-01-01T00:00:00Z",
      "0000-12-31T19:00:00-05:00",
      "9999-12-31T23:59:59.999Z",
      "9999-12-31T23:59:59+05:00",
    ]) {
      expect(parse(moment).success).toBe(true);
    }
  });
});

describe("an external id", () => {
  const parse = (external_id: unknown) => createRoomSchema.safeParse({ external_id });

  it.each(["a", "x".repeat(255), "é".repeat(255), "😀".repeat(255), " a ", "a\u200d", "a/b?c=d"])(
    "may be %j",
    (value) => {
      expect(parse(value).data?.external_id).toBe(value);
    },
  );

  it.each([" ", "\u200b", "\u3164", "\u2800", "a\u2028b"])("is not %j, which looks empty or like two", (value) => {
    expect(parse(value).success).toBe(false);
  });

  it.each(["", "x".repeat(256), "😀".repeat(256), "a\u0000b", "line\nbreak", "\ud800", 7, []])("is not %j", (value) => {
    expect(parse(value).success).toBe(false);
  });
});

describe("attendees", () => {
  const parse = (attendees: unknown) => createRoomSchema.safeParse({ attendees });
  const address = (number: number) => `a${number}@example.com`;

  it("are known by one spelling, each once", () => {
    const addresses = parse(["Ana@Example.com", "bob@example.com", "ana@example.com"]).data?.attendees;
    expect(addresses?.map((email) => email.address)).toEqual(["ana@example.com", "bob@example.com"]);
  });

  it("are at most 500", () => {
    expect(parse(Array.from({ length: 500 }, (_, index) => address(index))).success).toBe(true);
    expect(parse(Array.from({ length: 501 }, (_, index) => address(index))).success).toBe(false);
  });

  it.each(["ana@example.com", [null], ["ana"], [7], ["a@b@example.com"], {}])("are refused as %j", (value) => {
    expect(parse(value).success).toBe(false);
  });
});

describe("changes", () => {
  it.each([
    { slug: "aaa-aaaa-aaa" },
    { id: "x" },
    { acess_level: "trusted" },
    { name: null },
    { name: "" },
    { name: "a\nb" },
    { access_level: null },
    { configuration: null },
    { configuration: { x: 1 } },
  ])("are refused as %j", (body) => expect(updateRoomSchema.safeParse(body).success).toBe(false));

  it("tell what was left out from what is to be removed", () => {
    expect(updateRoomSchema.parse({ external_id: null, expires_at: null, attendees: null })).toEqual({
      external_id: null,
      expires_at: null,
      attendees: null,
    });
    expect(updateRoomSchema.parse({})).toEqual({});
  });
});

describe("the query of the list", () => {
  const parse = (values: Record<string, string>) => query.listRoomsQuery.safeParse(values);

  it.each<Record<string, string>>([
    { limit: "0" },
    { limit: "-1" },
    { limit: "1e3" },
    { page_size: "" },
    { cursor: "abc" },
    { cursor: `${"A".repeat(39)}=` },
    { created_by: "you" },
    { access_level: "open" },
    { slug: "AAA-AAAA-AAA" },
    { updated_since: "yesterday" },
    { updated_since: "2026-11-24T09:30:00 02:00" },
    { include: "everything" },
    { ordering: "name" },
    { page: "1", limit: "5" },
    { page_size: "5", cursor: "A".repeat(40) },
  ])("is refused as %j", (values) => expect(parse(values).success).toBe(false));

  it("caps the size of a page at 100", () => {
    for (const limit of ["1000", "9".repeat(10), "9".repeat(400)]) expect(parse({ limit }).data?.limit).toBe(100);
    expect(parse({ page_size: "99" }).data?.page_size).toBe(99);
  });
});
