import { spawn } from "node:child_process";
import { mkdir, mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { createInterface } from "node:readline";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { storeAwkwardRows } from "@/lib/testing/backup/awkward-rows";
import { makeTarget, type RestoreTarget, TARGETS } from "@/lib/testing/backup/restore-targets";
import { copyEmbeddedTemplate } from "@/lib/testing/database/embedded-snapshot";
import { prepareChildScript } from "@/lib/testing/process/child-script";
import { checkBackupFile } from "./file/open-backup-file";
import { makeBackup, withStoppedDatabase } from "./make-backup";

const MIGRATIONS = resolve("prisma/migrations");
const COMMANDS = ["backup", "restore", "move"] as const;

let folder: string;
let source: string;
let file: string;
let target: RestoreTarget | undefined;
const scripts: Partial<Record<(typeof COMMANDS)[number], Awaited<ReturnType<typeof prepareChildScript>>>> = {};

beforeAll(async () => {
  for (const name of COMMANDS) scripts[name] = await prepareChildScript(`scripts/${name}.ts`);
  folder = await mkdtemp(join(tmpdir(), "vestibule-kill-"));
  source = join(folder, "source");
  await mkdir(source);
  await copyEmbeddedTemplate(source);
  await withStoppedDatabase(source, MIGRATIONS, ({ withSession }) => withSession((run) => storeAwkwardRows(run)));
  file = join(folder, "source.gz");
  const location = { databaseUrl: undefined, dataDirectory: source };
  const options = { location, migrationsFolder: MIGRATIONS, product: "1.2.3", now: new Date(), keys: undefined };
  await makeBackup(file, options);
});
afterEach(async () => {
  await target?.dispose();
  target = undefined;
});
afterAll(async () => {
  await Promise.all(Object.values(scripts).map((script) => script.dispose()));
  await rm(folder, { recursive: true });
});

type Run = { code: number | null; lines: string[] };

/** Runs a command as an operator does; kills it when it prints a line that begins so. */
async function command(
  name: (typeof COMMANDS)[number],
  args: readonly string[],
  { killAt, environment, limit }: { killAt?: string; environment: Record<string, string>; limit?: number },
): Promise<Run> {
  const path = scripts[name]?.path ?? "";
  const settings = Object.entries({ DATABASE_URL: "", ...environment }).map(([key, value]) => `${key}=${value}`);
  const limited = limit === undefined ? [] : ["sh", "-c", `ulimit -f ${limit} && exec "$@"`, "sh"];
  const child = spawn("env", [...settings, ...limited, process.execPath, path, ...args], {
    stdio: ["ignore", "pipe", "pipe"],
  });
  const lines: string[] = [];
  for (const stream of [child.stdout, child.stderr]) {
    createInterface({ input: stream }).on("line", (line) => {
      lines.push(line);
      if (killAt !== undefined && line.startsWith(killAt)) child.kill("SIGKILL");
    });
  }
  return new Promise((done) => child.on("close", (code) => done({ code, lines })));
}

describe("a backup that is killed", () => {
  it.each(["activity ", "usage_hourly "])(
    "at %s is there whole or not at all, and can be made again",
    async (killAt) => {
      const path = join(folder, `${killAt.trim()}.gz`);
      const environment = { DATA_DIR: source };
      await command("backup", [path], { killAt, environment });
      const isThere = (await readdir(folder)).includes(`${killAt.trim()}.gz`);
      if (!isThere) expect((await command("backup", [path], { environment })).code).toBe(0);
      expect((await checkBackupFile(path)).tables).toEqual((await checkBackupFile(file)).tables);
    },
  );
});

describe.each(TARGETS)("a restore into %s that is killed", (into) => {
  const environmentOf = ({ location: { databaseUrl, dataDirectory } }: RestoreTarget) => ({
    DATA_DIR: dataDirectory,
    ...(databaseUrl === undefined ? {} : { DATABASE_URL: databaseUrl }),
  });

  // The embedded database is shown by one rename at the end, whatever was being written before.
  it.each(into === "embedded" ? ["usage_hourly "] : ["activity ", "usage_hourly "])(
    "at %s has restored everything, or can be begun again",
    async (killAt) => {
      target = await makeTarget(into);
      const environment = environmentOf(target);
      await command("restore", [file], { killAt, environment });
      const again = await command("restore", [file], { environment });
      // Killed at its last line, it may have come to its end.
      if (again.code !== 0) expect(again.lines.join(" ")).toMatch(/holds a database already|is not empty/);
      expect((await target.contents()).filter((name) => /restoring/.test(name))).toEqual([]);
      const restored = await target.open();
      expect(await restored.readRows("SELECT count(*)::int AS rows FROM activity")).toEqual([{ rows: 2500 }]);
      await restored.close();
    },
  );
});

// Of a server: the embedded database would meet the limit itself.
describe.runIf(TARGETS.length > 1)("a backup whose file does not fit on the disk", () => {
  it("leaves nothing and says so", async () => {
    target = await makeTarget("postgresql");
    const { databaseUrl = "", dataDirectory } = target.location;
    const environment = { DATA_DIR: dataDirectory, DATABASE_URL: databaseUrl };
    expect((await command("restore", [file], { environment })).code).toBe(0);
    const before = await readdir(folder);
    const path = join(folder, "large.gz");
    const { code, lines } = await command("backup", [path], { environment, limit: 8 });
    expect([code, lines.at(-1)]).toEqual([
      1,
      `${path} does not fit: this account may not write such large files (EFBIG).`,
    ]);
    expect(await readdir(folder)).toEqual(before);
  });
});

describe.runIf(TARGETS.length > 1)("a move", () => {
  it("that is killed is begun again, takes every row, leaves its source, and says what to set", async () => {
    target = await makeTarget("postgresql");
    const { databaseUrl = "" } = target.location;
    const environment = { DATA_DIR: source };
    await command("move", ["--to", databaseUrl], { killAt: "people ", environment });
    expect((await target.contents()).filter((name) => name === "public")).toEqual([]);

    await mkdir(join(source, "keys"), { recursive: true });
    await writeFile(join(source, "keys", "master-key"), "1:key");
    const address = join(folder, "address");
    await writeFile(address, `${databaseUrl}\n`);
    const { code, lines } = await command("move", ["--to-file", address], { environment });
    expect([code, lines.filter((line) => line.startsWith("MASTER"))]).toEqual([
      0,
      [`MASTER_KEY_FILE=${join(source, "keys", "master-key")}`],
    ]);
    expect(await target.contents()).toEqual(["public"]);
    const again = join(folder, "again.gz");
    const made = await command("backup", [again], { environment: { ...environment, DATABASE_URL: databaseUrl } });
    expect(made.code).toBe(0);
    expect((await checkBackupFile(again)).tables).toEqual((await checkBackupFile(file)).tables);
    const third = await command("move", ["--to-file", address], { environment });
    expect([third.code, third.lines.join(" ")]).toEqual([1, expect.stringContaining("is not empty")]);
  });

  it.each([
    ["without an address", [], "Name the address of an empty PostgreSQL database"],
    [
      "to what is no address",
      ["--to", "mysql://root:secret@host/x"],
      "The address must be a URL that begins with postgresql://",
    ],
    [
      "to where nobody answers",
      ["--to", "postgresql://u:secret@127.0.0.1:1/x"],
      "The database does not answer (ECONNREFUSED).",
    ],
  ])("%s is refused, and quotes no password", async (_what, args, sentence) => {
    const { code, lines } = await command("move", args, { environment: { DATA_DIR: source } });
    expect([code, lines.join(" ")]).toEqual([1, expect.stringContaining(sentence)]);
    expect(lines.join(" ")).not.toContain("secret@");
  });
});
