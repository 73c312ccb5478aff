import { describe, expect, it } from "vitest";
import { GRAPH_RULES } from "@/lib/testing/architecture/graph-rules";
import { PACKAGE_RULES } from "@/lib/testing/architecture/package-rules";
import { SOURCE_RULES } from "@/lib/testing/architecture/source-rules";
import { VERB_RULES } from "@/lib/testing/architecture/verb-rules";
import { readSourceFiles, type SourceFile } from "@/lib/testing/source-files";

const sources = new Map(readSourceFiles().map((file) => [file.path, file]));
const RULES = { ...PACKAGE_RULES, ...GRAPH_RULES, ...SOURCE_RULES, ...VERB_RULES };
// These hold the breaches as text.
const JUDGED = [...sources.values()].filter(
  ({ path }) => !/^lib\/(?:architecture\.test\.ts|testing\/architecture\/)/.test(path),
);

/** For each rule a file that breaks it, with others where it takes two: a rule that cannot fail the build is a wish. */
const BREACHES: Record<keyof typeof RULES, SourceFile | SourceFile[]> = {
  "jose belongs to lib/oauth": { path: "lib/machine/a.ts", text: 'import { SignJWT } from "jose";' },
  "argon2 belongs to lib/secrets": { path: "lib/staff/a.ts", text: 'import { hash } from "@node-rs/argon2";' },
  "nobody makes cheap hashes": {
    path: "lib/db/a.ts",
    text: "createDatabaseClient(connection, { hash: async (plain) => plain });",
  },
  "next-auth belongs to lib/auth": { path: "app/(portal)/page.tsx", text: 'import { auth } from "next-auth";' },
  "ioredis belongs to lib/server": { path: "lib/http/a.ts", text: 'import { Redis } from "ioredis";' },
  "OpenTelemetry belongs to lib/observability": {
    path: "lib/db/a.ts",
    text: 'import { trace } from "@opentelemetry/api";',
  },
  "openid-client belongs to lib/openid": { path: "lib/auth/a.ts", text: 'import { discovery } from "openid-client";' },
  "Prisma belongs to lib/db and the domains": {
    path: "lib/machine/a.ts",
    text: 'import { Prisma } from "@/lib/db/generated/client";',
  },
  "process.env belongs to lib/env": { path: "lib/rooms/a.ts", text: "const url = process.env.ROOM_BASE_URL;" },
  "lib/oauth imports nothing of the application": {
    path: "lib/oauth/a.ts",
    text: 'import { config } from "@/lib/env/config";',
  },
  "imports go down": { path: "lib/env/a.ts", text: 'import type { Room } from "@/lib/rooms/staff/staff-room.types";' },
  "no file imports itself, by whatever way round": [
    { path: "lib/rooms/a.ts", text: 'import { b } from "./b";' },
    { path: "lib/rooms/b.ts", text: 'import type { A } from "@/lib/rooms/a";' },
  ],
  "folders side by side in one room form no circle": [
    { path: "lib/rooms/staff/a.ts", text: 'import { b } from "@/lib/rooms/listing/b";' },
    { path: "lib/rooms/listing/b.ts", text: 'import { restoreRoom } from "@/lib/rooms/staff/restore-room";' },
  ],
  "the machine API is put together from above": {
    path: "lib/machine/token/a.ts",
    text: 'import type { M2mApi } from "@/lib/machine/m2m-api";',
  },
  "components/ui and components/data-table know no domain": {
    path: "components/data-table/a.tsx",
    text: 'import { SCOPES } from "@/lib/applications/scopes";',
  },
  "pages, actions and routes reach the database through verbs": {
    path: "app/(portal)/page.tsx",
    text: 'import { database } from "@/lib/db/client";',
  },
  "client components reach nothing of the server": {
    path: "components/a.tsx",
    text: '"use client";\nimport { config } from "@/lib/env/config";',
  },
  "client components live in components or _components": { path: "app/page.tsx", text: '"use client";' },
  "server files say so": { path: "lib/rooms/create-room.ts", text: "export function createRoom() {}" },
  "layouts do not authorise": { path: "app/(portal)/layout.tsx", text: "await requireStaff();" },
  "every portal page asks for a permission": {
    path: "app/(portal)/rooms/page.tsx",
    text: '// await requireStaff("rooms:read");\nexport default Page;',
  },
  "every portal route asks for a permission": {
    path: "app/(portal)/rooms/export/route.ts",
    text: "export async function GET() {}",
  },
  "every portal action goes through staffAction": {
    path: "app/(portal)/rooms/actions.ts",
    text: '"use server";\nexport async function removeRoom() {}',
  },
  "every method of the external API declares its scope": {
    path: "lib/machine/resources/rooms.ts",
    text: "export const roomsResource = externalResource({ GET: externalRoute({ run: listRooms }) });",
  },
  "a transaction that writes records an audit event": {
    path: "lib/rooms/a.ts",
    text: "inTransaction(async (tx) => { await tx.room.updateMany({ data: {} }); })",
  },
  "rooms are deleted where it is recorded": {
    path: "lib/applications/a.ts",
    text: "await tx.room.updateMany({ where: its, data: { deletedAt: now() } });",
  },
  "a deleted application is shown nowhere": {
    path: "lib/applications/a.ts",
    text: "database().application.findMany({ select });",
  },
  "verbs are given their time and their configuration": { path: "lib/rooms/a.ts", text: "const now = new Date();" },
  "a verb begins with its context": {
    path: "lib/rooms/a.ts",
    text: "export async function renameRoom(\n  name: string,\n  { actor }: VerbContext,\n): Promise<void> {\n  return inTransaction(work);\n}\n",
  },
  "get, find, list and read mean one thing each": {
    path: "lib/rooms/a.ts",
    text: "export async function getRoom(id: string): Promise<Room | undefined> {}",
  },
  "rows are locked with FOR NO KEY UPDATE": {
    path: "lib/rooms/a.ts",
    text: 'tx.$queryRaw`SELECT "id" FROM "rooms" FOR UPDATE`;',
  },
  "names explain": { path: "lib/rooms/utils.ts", text: "" },
  "folders hold at most 20 files": Array.from({ length: 21 }, (_none, index) => ({
    path: `lib/rooms/wing/a${String(index).padStart(2, "0")}.ts`,
    text: "",
  })),
  "files stay under 300 lines": { path: "lib/rooms/a.ts", text: "\n".repeat(301) },
  "a refusal says what": { path: "lib/rooms/a.test.ts", text: "await expect(write).rejects.toThrow();" },
  "test titles carry no row ids": { path: "lib/a.test.ts", text: 'it("N39 refuses what is unknown", () => {});' },
  "nothing asks git": { path: "lib/a.test.ts", text: 'execFileSync("git", ["ls-files"]);' },
  "nothing is skipped, focused or slept for": { path: "e2e/a.spec.ts", text: "await page.waitForTimeout(500);" },
  "no text becomes a program": { path: "app/page.tsx", text: "const pattern = new RegExp(query);" },
  "values are no part of a statement": { path: "lib/rooms/a.ts", text: "database().$queryRawUnsafe(sql);" },
  "what nobody may guess is random": { path: "lib/rooms/a.ts", text: "const pin = Math.random();" },
  "no digest is of a broken hash": { path: "lib/rooms/a.ts", text: 'createHash("sha1").update(text);' },
};

describe.each(Object.entries(RULES))("%s", (name, rule) => {
  it("holds in every source file", () => {
    const found = JUDGED.flatMap((file) => rule.breaches(file, sources).map((breach) => `${file.path}: ${breach}`));
    expect(found, rule.teaches).toEqual([]);
  });

  it("fails on a file that breaks it", () => {
    const breach = BREACHES[name];
    expect(breach, "write a file that breaks the rule into BREACHES").toBeDefined();
    const files = [breach ?? []].flat();
    const withBreach = new Map([...sources, ...files.map((file) => [file.path, file] as const)]);
    for (const file of files.slice(0, 1)) expect(rule.breaches(file, withBreach)).not.toEqual([]);
  });
});

describe("the directions between rooms", () => {
  const floorBreaches = (path: string, text: string) =>
    GRAPH_RULES["imports go down"]?.breaches({ path, text }, sources) ?? [];

  it.each([
    ["up, whatever the import takes along", "lib/db/a.ts", 'import type { A } from "@/lib/audit/actor";'],
    ["to a neighbour above the ground floor", "lib/rooms/a.ts", 'export * from "@/lib/applications/scopes";'],
    ["up, while it runs", "lib/staff/a.ts", 'const a = await import("@/lib/auth/return-path");'],
    ["out of lib", "lib/rooms/a.ts", 'import { A } from "@/app/layout";'],
    ["from components to pages", "components/ui/a.tsx", 'import A from "@/app/layout";'],
  ])("are broken by an import that goes %s", (_title, path, text) => {
    expect(floorBreaches(path, text)).toHaveLength(1);
  });

  it.each([
    ["down", "lib/rooms/a.ts", 'import { database } from "@/lib/db/client";'],
    ["to a neighbour on the ground floor", "lib/list/a.ts", 'import { cn } from "@/lib/cn";'],
    ["within a room", "lib/rooms/a.ts", 'import { getRoom } from "./get-room";'],
  ])("are kept by an import that goes %s", (_title, path, text) => {
    expect(floorBreaches(path, text)).toEqual([]);
  });

  it("ask every new room for its floor", () => {
    expect(floorBreaches("lib/billing/a.ts", "")).toEqual(["lib/billing stands on no floor"]);
  });
});

it("asks a verb that is given its transaction for an audit event too", () => {
  const rule = RULES["a transaction that writes records an audit event"];
  const write = "return tx.room.updateMany({ data: {} });";
  const judge = (text: string) => rule?.breaches({ path: "lib/rooms/a.ts", text }, sources);
  expect(judge(`export function a(tx: Transaction, ctx: RoomContext) { ${write} }`)).toHaveLength(1);
  expect(judge(`export function a(tx: Transaction, { actor }: VerbContext, id: string) { ${write} }`)).toHaveLength(1);
  // A part of a verb leaves it to the verb.
  expect(judge(`export function a(tx: Transaction, id: string) { ${write} }`)).toEqual([]);
});

describe("the names of verbs", () => {
  const nameBreaches = (text: string) =>
    VERB_RULES["get, find, list and read mean one thing each"]?.breaches({ path: "lib/rooms/a.ts", text }, sources) ??
    [];

  it.each([
    ["a get that may return nothing", "export async function getRoom(id: string): Promise<Room | null> {}"],
    ["a find that always returns something", "export async function findRoom(id: string): Promise<Room> {}"],
    ["a list that returns one", "export function listRooms(): Promise<Room> {}"],
    ["a read that asks the database", "export function readRooms(): Room[] { return database().room.findMany(); }"],
    [
      "one whose answer is spelt out over lines",
      "export function getRoom({\n  id,\n}: { id: string; version: number }): Promise<\n  { id: string; name: string } | undefined\n> {}",
    ],
  ])("are broken by %s", (_title, text) => {
    expect(nameBreaches(text)).toHaveLength(1);
  });

  it.each([
    ["a get", "export async function getRoom(id: string): Promise<Room> {}"],
    ["a find", "export async function findRoom(id: string): Promise<Room | null> {}"],
    ["a list", "export function listRooms(): Promise<{ count: number; rows: Room[] }> {}"],
    ["a read of what came from outside", "export function readRoomForm(form: FormData): Room {}"],
    ["what is not exported", "function getRoom(): Room | undefined {}"],
  ])("are kept by %s", (_title, text) => {
    expect(nameBreaches(text)).toEqual([]);
  });
});

it("reads the sources it judges", () => {
  expect(sources.size).toBeGreaterThan(20);
  expect(sources.has("lib/env/config.ts")).toBe(true);
});
