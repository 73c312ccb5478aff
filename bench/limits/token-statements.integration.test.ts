import { randomUUID } from "node:crypto";
import { beforeAll, expect, it } from "vitest";
import { useTestDatabase } from "@/lib/testing/database/test-database";
import { type Client, createTables, INSERT_TRACES, READ_CLIENTS, type Trace } from "./token-statements";

const test = useTestDatabase();

beforeAll(async () => {
  for (const sql of createTables(3)
    .split(";")
    .filter((text) => text.trim() !== "")) {
    await test.database.$executeRawUnsafe(sql);
  }
});

const read = (clients: string[], people: string[]) =>
  test.database.runStatement<Client>({ name: "bench-read", text: READ_CLIENTS }, [clients, people]);

it("answers every question of a group with its own client, and says nothing of a client that is not there", async () => {
  const people = ["person-3@bench.example", "person-1@bench.example", "person-2@bench.example"];
  const found = await read(["client-1", "unknown", "client-1"], people);
  found.sort((one, other) => Number(one.place) - Number(other.place));
  expect(found.map(({ place, secret, scopes, isActive }) => [Number(place), secret, scopes, isActive])).toEqual([
    [1, "secret-of-client-1", ["rooms:create", "rooms:list"], true],
    [3, "secret-of-client-1", ["rooms:create", "rooms:list"], true],
  ]);
  expect(new Set(found.map(({ personId }) => personId)).size).toBe(2);
});

it("stores a trace for each token of a group", async () => {
  const trace = (): Trace => {
    const [applicationId, credentialId, personId, jti] = [randomUUID(), randomUUID(), randomUUID(), randomUUID()];
    return { applicationId, credentialId, personId, scope: "rooms:create", jti };
  };
  const traces = [trace(), trace()];
  const column = (name: keyof Trace) => traces.map((row) => row[name]);
  const columns = (["applicationId", "credentialId", "personId", "scope", "jti"] as const).map(column);
  await test.database.runStatement({ name: "bench-insert", text: INSERT_TRACES }, columns);
  const stored = await test.database.$queryRaw`
    SELECT application_id AS "applicationId", credential_id AS "credentialId", person_id AS "personId", scope, jti
    FROM traces ORDER BY array_position(${column("jti")}::uuid[], jti)`;
  expect(stored).toEqual(traces);
});
