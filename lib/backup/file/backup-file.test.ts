import { createHash } from "node:crypto";
import { mkdtemp, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gunzipSync, gzipSync } from "node:zlib";
import { afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { sealKeys } from "@/lib/backup/keys/seal-keys";
import { createRowSum } from "@/lib/backup/snapshot/row-sum";
import { MADE_ROWS, makeSnapshot } from "@/lib/testing/backup/made-snapshot";
import { checkBackupFile, openBackupFile } from "./open-backup-file";
import { writeBackupFile } from "./write-backup-file";

const ABOUT = { product: "1.2.3", database: "embedded", createdAt: new Date("2026-11-30T12:00:00Z") } as const;
const KEYS = { MASTER_KEY: "1:a-key", AUTH_SECRET: "another", TOKEN_SIGNING_KEYS: '{"keys":[]}' };

let folder: string;
let path: string;
let sealed: Awaited<ReturnType<typeof sealKeys>>;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "vestibule-backup-"));
  path = join(folder, "backup.gz");
});
beforeAll(async () => {
  sealed = await sealKeys(KEYS, "a passphrase of tests");
});
afterEach(() => rm(folder, { recursive: true }));

async function write(): Promise<Buffer> {
  await writeBackupFile(path, { snapshot: makeSnapshot(), about: ABOUT, keys: sealed });
  return readFile(path);
}

/** Writes the file anew with other lines, packed as it should be: only its own digests can tell. */
async function rewrite(change: (lines: string[]) => string[], isSigned = false): Promise<void> {
  const lines = gunzipSync(await write())
    .toString("utf8")
    .split("\n")
    .slice(0, -1);
  const changed = change(lines);
  if (isSigned) {
    const before = changed.slice(0, -1).map((line) => `${line}\n`);
    const sha256 = createHash("sha256").update(before.join("")).digest("hex");
    changed.splice(-1, 1, JSON.stringify({ whole: true, sha256 }));
  }
  await writeFile(path, gzipSync(changed.map((line) => `${line}\n`).join("")));
}

const at = (lines: readonly string[], start: string) => lines.findIndex((line) => line.startsWith(start));

describe("a backup file", () => {
  it("holds every row as it was, the header and the sealed keys, for its account only", async () => {
    await write();
    const file = await openBackupFile(path);
    const rows: Record<string, unknown[]> = {};
    for (const table of file.snapshot.tables) {
      for await (const lines of file.snapshot.readTable(table)) {
        rows[table.name] = [...(rows[table.name] ?? []), ...lines.map((line) => JSON.parse(line))];
      }
    }
    expect(rows).toEqual(MADE_ROWS);
    expect(await file.finish()).toEqual(sealed);
    expect(file.header).toMatchObject({
      product: "1.2.3",
      format: 1,
      hasKeys: true,
      createdAt: "2026-11-30T12:00:00.000Z",
    });
    expect((await stat(path)).mode & 0o777).toBe(0o600);
    expect(await readdir(folder)).toEqual(["backup.gz"]);
    file.close();
  });

  it("never takes the place of another one", async () => {
    await writeFile(path, "older");
    await expect(write()).rejects.toThrow(`${path} is there already. Name a new file.`);
    expect(await readFile(path, "utf8")).toBe("older");
  });

  it("is not there when its source fails in the middle, and nothing else is", async () => {
    const snapshot = makeSnapshot();
    const broken = {
      ...snapshot,
      async *readTable(table: (typeof snapshot.tables)[number]) {
        yield* snapshot.readTable(table);
        if (table.name === "rooms") throw new Error("the database went away");
      },
    };
    await expect(writeBackupFile(path, { snapshot: broken, about: ABOUT, keys: undefined })).rejects.toThrow(
      "the database went away",
    );
    expect(await readdir(folder)).toEqual([]);
  });

  it("says in a sentence that its folder is not there", async () => {
    path = join(folder, "none", "backup.gz");
    await expect(write()).rejects.toThrow(`${path} is not there, or its folder is not (ENOENT).`);
  });
});

describe("a backup that is not what was written is refused", () => {
  it("when it was cut off, wherever", async () => {
    const whole = await write();
    for (const length of [0, 5, 10, 400, 5000, whole.length - 9, whole.length - 1]) {
      await writeFile(path, whole.subarray(0, length));
      await expect(checkBackupFile(path), `${length} bytes`).rejects.toThrow(
        /ends too early: it is not whole|is no backup of Vestibule, or it is damaged/,
      );
    }
  });

  it("when a bit was flipped, wherever it matters", async () => {
    const whole = await write();
    const expected = await checkBackupFile(path);
    for (let position = 0; position < whole.length; position += 97) {
      const flipped = Buffer.from(whole);
      flipped.writeUInt8(flipped.readUInt8(position) ^ (1 << (position % 8)), position);
      await writeFile(path, flipped);
      // The header of gzip has bits that mean nothing: then all that is in it must be the same.
      const outcome = await checkBackupFile(path).catch(String);
      if (typeof outcome === "string") expect(outcome).toMatch(/^BackupError: /);
      else expect([position < 10, outcome]).toEqual([true, expected]);
    }
  });

  it("when something was added at its end", async () => {
    const whole = await write();
    for (const more of [Buffer.from("x"), gzipSync("[]\n"), Buffer.alloc(100)]) {
      await writeFile(path, Buffer.concat([whole, more]));
      await expect(checkBackupFile(path)).rejects.toThrow(/was altered|is damaged|ends too early/);
    }
  });

  const row = (lines: string[]) => at(lines, '["7",');
  const cases: [string, (lines: string[]) => string[]][] = [
    ["a name in the header", (lines) => lines.with(0, lines[0]?.replace("1.2.3", "1.2.4") ?? "")],
    ["a text in a row", (lines) => lines.with(row(lines), lines[row(lines)]?.replace("Café", "Cafe") ?? "")],
    ["a row, taken away", (lines) => lines.toSpliced(row(lines), 1)],
    ["a row, twice", (lines) => lines.toSpliced(row(lines), 0, lines[row(lines)] ?? "")],
    ["the count of a table", (lines) => lines.map((line) => line.replace('"rows":2500', '"rows":2499'))],
    ["the digest of a table", (lines) => lines.map((line) => line.replace(/"digest":"./, '"digest":"g'))],
    ["the salt of the keys", (lines) => lines.map((line) => line.replace(/"salt":"./, '"salt":"_'))],
    ["the keys, taken away", (lines) => lines.filter((line) => !line.startsWith('{"keys"'))],
    ["the last line", (lines) => lines.with(-1, '{"whole":true}')],
    ["the order of the tables", (lines) => [lines[0] ?? "", ...lines.slice(4), ...lines.slice(1, 4)]],
    ["a line after the last", (lines) => [...lines, "[]"]],
  ];

  it.each(cases)("when it was altered and packed again: %s", async (_what, change) => {
    await rewrite(change);
    await expect(checkBackupFile(path)).rejects.toThrow(/is damaged|was altered/);
  });

  it("when rows were altered and only the last digest was made to fit", async () => {
    await rewrite((lines) => lines.with(row(lines), '["7","other","{}"]'), true);
    await expect(checkBackupFile(path)).rejects.toThrow(`${path} is damaged: what is in it is not what was written.`);
  });

  it("when a newer version has made it, which is said", async () => {
    await rewrite((lines) => lines.with(0, lines[0]?.replace('"format":1', '"format":2') ?? ""));
    await expect(checkBackupFile(path)).rejects.toThrow("was made by a newer version of Vestibule");
  });

  it.each([
    ["text", Buffer.from("CREATE TABLE a ();")],
    ["packed text", gzipSync("CREATE TABLE a ();\n")],
    ["packed JSON", gzipSync('{"version":1}\n')],
    ["nothing", Buffer.alloc(0)],
    ["packed nothing", gzipSync("")],
    ["a line without an end", gzipSync(Buffer.alloc(80 * 1024 * 1024))],
  ])("when it is %s", async (_what, content) => {
    await writeFile(path, content);
    await expect(checkBackupFile(path)).rejects.toThrow(/is no backup of Vestibule|ends too early/);
  });

  it.each([
    ["nowhere", () => join(folder, "none.gz"), "is not there, or its folder is not (ENOENT)."],
    ["a folder", () => folder, "is a folder: name a file (EISDIR)."],
  ])("when it is %s", async (_what, name, sentence) => {
    await expect(checkBackupFile(name())).rejects.toThrow(sentence);
  });
});

describe("the sum of a table", () => {
  const sumOf = (...lines: string[]) => {
    const sum = createRowSum();
    sum.add(lines);
    return sum.total();
  };

  it("is the same in any order, and another for other rows or as many times", () => {
    expect(sumOf("a", "b", "b")).toEqual(sumOf("b", "a", "b"));
    expect(sumOf("a", "b", "b")).not.toEqual(sumOf("a", "a", "b"));
    expect(sumOf("a", "b").digest).not.toBe(sumOf("a", "b", "b").digest);
    expect(sumOf()).toEqual({ rows: 0, digest: "0".repeat(64) });
  });
});
