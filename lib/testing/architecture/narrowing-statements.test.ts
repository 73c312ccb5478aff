import { readdirSync, readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { ANY_VERSION, isOlderVersion, readOldestServer } from "@/lib/db/server-version/server-version";
import { VERSION } from "@/lib/version";
import { findNarrowing } from "./narrowing-statements";

/** Servers before the one that came after it start on no schema that they do not know, so nobody reads marks in these. */
const LAST_WITHOUT_MARK = "20261130190000_audit_chain";

const scripts = readdirSync("prisma/migrations", { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => ({ name, script: readFileSync(`prisma/migrations/${name}/migration.sql`, "utf8") }));

it("a migration that takes something from older servers says from which version on they go on", () => {
  const silent = scripts
    .filter(({ name, script }) => name > LAST_WITHOUT_MARK && readOldestServer(script) === ANY_VERSION)
    .flatMap(({ name, script }) => findNarrowing(script).map((statement) => `${name}: ${statement}`));
  expect(silent, 'Begin with a line "-- Needs servers of X.Y.Z or newer: WHY" (CONTRIBUTING.md)').toEqual([]);
});

it("no migration needs servers newer than those that it comes with", () => {
  const early = scripts.filter(({ script }) => isOlderVersion(VERSION, readOldestServer(script)));
  expect(early.map(({ name }) => name)).toEqual([]);
});

it.each([
  'ALTER TABLE "rooms" DROP COLUMN "slug"',
  'ALTER TABLE "rooms"\n  DROP "slug"',
  'ALTER TABLE "rooms" ALTER COLUMN "name" DROP DEFAULT',
  'ALTER TABLE "rooms" ALTER COLUMN "name" DROP NOT NULL',
  'ALTER TABLE "rooms" ALTER COLUMN "name" SET NOT NULL',
  'ALTER TABLE "rooms" ALTER COLUMN "name" TYPE TEXT',
  'ALTER TABLE "rooms" ALTER COLUMN "name" SET DATA TYPE TEXT',
  'ALTER TABLE "rooms" ADD COLUMN "colour" TEXT NOT NULL',
  'ALTER TABLE "rooms" ADD COLUMN "size" DECIMAL(8, 2) NOT NULL, ADD COLUMN "a" INT DEFAULT 1',
  'ALTER TABLE "rooms" ADD CONSTRAINT "rooms_name_check" CHECK ("name" <> \'\')',
  'ALTER TABLE "rooms" RENAME COLUMN "slug" TO "path"',
  "ALTER TYPE \"room_role\" ADD VALUE 'guest'",
  "ALTER TYPE \"room_role\" RENAME VALUE 'member' TO 'guest'",
  'CREATE UNIQUE INDEX "rooms_name_key" ON "rooms"("name")',
  'CREATE TRIGGER "rooms_named" BEFORE INSERT ON "rooms" FOR EACH ROW EXECUTE FUNCTION "f"()',
  'DROP TABLE "refused_calls"',
  "drop table if exists refused_calls",
  'DROP TYPE "room_role"',
])("is found to take something from older servers: %s", (statement) => {
  expect(findNarrowing(`CREATE TABLE "other" ("id" UUID NOT NULL);\n${statement};\n`)).toHaveLength(1);
});

it.each([
  'CREATE TABLE "halls" ("id" UUID NOT NULL, "name" TEXT NOT NULL); ALTER TABLE "halls" ALTER COLUMN "name" SET NOT NULL',
  'CREATE TABLE "halls" ("id" UUID); CREATE UNIQUE INDEX "halls_key" ON "halls"("id"); ALTER TABLE "halls" ADD CONSTRAINT "c" CHECK (true)',
  "CREATE TYPE \"hue\" AS ENUM ('red'); ALTER TYPE \"hue\" ADD VALUE 'green'",
  'ALTER TABLE "rooms" ADD COLUMN "colour" TEXT',
  'ALTER TABLE "rooms" ADD COLUMN "colour" TEXT NOT NULL DEFAULT \'red\', ADD COLUMN "hue" TEXT',
  'ALTER TABLE "rooms" ADD COLUMN "kind" TEXT NOT NULL GENERATED ALWAYS AS ("name") STORED',
  'CREATE INDEX "rooms_name_idx" ON "rooms"("name")',
  'DROP INDEX "rooms_name_idx"',
  'ALTER TABLE "rooms" DROP CONSTRAINT "rooms_name_check"',
  '-- DROP TABLE "rooms";\n/* ALTER TABLE "rooms" RENAME TO "halls"; */ SELECT 1',
])("leaves older servers working: %s", (script) => {
  expect(findNarrowing(script)).toEqual([]);
});
