import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, expect, it } from "vitest";
import { setConfig } from "@/lib/env/config";
import { useTestDatabase } from "@/lib/testing/database/test-database";
import { createTestClient, createTestPerson } from "@/lib/testing/machine/machine-application";
import { testConfig } from "@/lib/testing/test-config";
import { ROOM_STATEMENTS } from "./room-statements";

const test = useTestDatabase();
beforeAll(() => setConfig(testConfig()));
afterAll(() => setConfig(undefined));

async function run(name: keyof typeof ROOM_STATEMENTS, values: readonly unknown[]): Promise<Record<string, unknown>[]> {
  return test.database.runStatement<Record<string, unknown>>(
    { name: `bench-${name}`, text: ROOM_STATEMENTS[name] },
    values,
  );
}

it("does on the product's tables what the product does: reads who may, stores a room with owner and event, lists it", async () => {
  const client = await createTestClient();
  const person = await createTestPerson();
  expect(await run("READ_AUTHORITY", [client.clientId, client.secretId, person.id, "a-token"])).toMatchObject([
    { applicationId: client.id, personId: person.id, isActive: true, hasSecret: true, isRevoked: false },
  ]);

  const roomId = randomUUID();
  const [room] = await run("INSERT_ROOM", [
    roomId,
    "abc-defg-hij",
    person.id,
    client.id,
    randomUUID(),
    randomUUID(),
    "{}",
  ]);
  expect(room).toEqual({
    id: roomId,
    name: "abc-defg-hij",
    slug: "abc-defg-hij",
    access_level: "trusted",
    configuration: {},
  });

  expect(await run("LIST_ROOMS", [person.id])).toEqual([{ ...room, count: 1 }]);
  const events = await test.database.auditEvent.findMany({ where: { targetId: roomId }, select: { action: true } });
  expect(events).toEqual([{ action: "room.created" }]);
});

it("knows no application that is not there, and no room of somebody else", async () => {
  const nobody = randomUUID();
  expect(await run("READ_AUTHORITY", ["unknown", nobody, nobody, "a-token"])).toEqual([]);
  expect(await run("LIST_ROOMS", [nobody])).toEqual([]);
});
