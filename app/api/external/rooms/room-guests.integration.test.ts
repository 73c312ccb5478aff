import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { SCOPES } from "@/lib/applications/scopes";
import { setConfig } from "@/lib/env/config";
import { m2mApi } from "@/lib/machine/m2m-api";
import { useTestDatabase } from "@/lib/testing/database/test-database";
import { createTestClient, createTestPerson, type TestClient } from "@/lib/testing/machine/machine-application";
import { callExternal, obtainToken } from "@/lib/testing/machine/machine-requests";
import { createTestRoom } from "@/lib/testing/machine/machine-rooms";
import { createStaffMember } from "@/lib/testing/staff/staff-factory";
import { testConfig } from "@/lib/testing/test-config";
import { POST as POST_ACCESS } from "./[roomId]/accesses/route";
import { GET as GET_ROOM, PATCH as PATCH_ROOM } from "./[roomId]/route";

const test = useTestDatabase();
type Person = { id: string; email: string };
let client: TestClient;
let owner: Person;
let room: { id: string };
let token: string;

beforeAll(async () => {
  setConfig(testConfig());
  client = await createTestClient({ scopes: [...SCOPES], domains: ["example.com"] });
});

beforeEach(async () => {
  owner = await createTestPerson();
  room = await createTestRoom(owner.id);
  token = await signInAs(owner.email);
});

afterAll(() => setConfig(undefined));

function signInAs(email: string, as = client): Promise<string> {
  return obtainToken(m2mApi(), as, { fields: { scope: email } });
}

describe("guests", () => {
  const patch = (attendees: string[]) =>
    callExternal(PATCH_ROOM, {
      token,
      method: "PATCH",
      path: `/api/external/rooms/${room.id}?include=details`,
      params: { roomId: room.id },
      body: JSON.stringify({ attendees }),
      headers: { "Content-Type": "application/json" },
    });

  it("may be anybody, and whether there is an account does not show", async () => {
    const staff = (await createStaffMember({ passwordHash: null })).email;
    const optedOut = (await createTestPerson({ isDelegationAllowed: false })).email;
    const before = await test.database.person.count();
    for (const address of [staff, optedOut, `nobody-${room.id}@example.com`]) {
      const answer = await patch([address]);
      expect(answer).toMatchObject({ status: 200, json: { attendees: [address] } });
    }
    expect(await test.database.person.count()).toBe(before);
  });

  it("may be of any domain, whoever invited them: the list is seen and replaced whole", async () => {
    await test.database.roomAttendee.create({ data: { roomId: room.id, email: "a@other.example" } });
    const both = ["a@other.example", "b@elsewhere.example"];
    expect(await patch([...both].reverse())).toMatchObject({ status: 200, json: { attendees: both } });
    expect((await patch(["b@example.com"])).json).toMatchObject({ attendees: ["b@example.com"] });
    expect(await test.database.roomAttendee.findMany({ where: { roomId: room.id }, select: { email: true } })).toEqual([
      { email: "b@example.com" },
    ]);
  });

  it("of a foreign domain get no further by it: no role, and no token for them", async () => {
    await patch(["a@other.example"]);
    const role = await callExternal(POST_ACCESS, {
      token,
      method: "POST",
      params: { roomId: room.id },
      body: JSON.stringify({ email: "a@other.example", role: "member" }),
      headers: { "Content-Type": "application/json" },
    });
    expect(role).toMatchObject({
      status: 400,
      json: { email: ["This application is not authorized for this email domain."] },
    });
    await expect(signInAs("a@other.example")).rejects.toThrow("No token: ");
  });

  it("give no role: the room is not there for them", async () => {
    const guest = await createTestPerson();
    await patch([guest.email]);
    const answer = await callExternal(GET_ROOM, { token: await signInAs(guest.email), params: { roomId: room.id } });
    expect(answer.status).toBe(404);
  });
});
