import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PassThrough } from "node:stream";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { readPassphrase, type Terminal } from "./read-passphrase";

/** A terminal at which `answers` are typed, one after each question. */
function typing(...answers: string[]): { terminal: Terminal; shown(): string } {
  const input = Object.assign(new PassThrough(), { isTTY: true, setRawMode: () => input });
  let shown = "";
  const output = new PassThrough().on("data", (chunk) => {
    shown += String(chunk);
    if (String(chunk).endsWith(": ")) setImmediate(() => input.write(`${answers.shift()}\r`));
  });
  return { terminal: { input, output }, shown: () => shown };
}

const NOBODY: Terminal = { input: new PassThrough(), output: new PassThrough() };

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "vestibule-passphrase-"));
});
afterAll(() => rm(folder, { recursive: true }));

describe("the passphrase of a backup", () => {
  it.each(["a passphrase of tests", "a passphrase of tests\n", "\uFEFFa passphrase of tests\r\n"])(
    "comes from a file: %j",
    async (content) => {
      const file = join(folder, "passphrase");
      await writeFile(file, content);
      for (const sources of [
        { file, environment: { BACKUP_PASSPHRASE: "not this one at all" } },
        { file: undefined, environment: { BACKUP_PASSPHRASE_FILE: file } },
      ]) {
        expect(await readPassphrase({ ...sources, terminal: NOBODY }, true)).toBe("a passphrase of tests");
      }
    },
  );

  it("is asked for at a terminal, twice when it is new, and never shown", async () => {
    const { terminal, shown } = typing("a passphrase of tests", "a passphrase of tests");
    expect(await readPassphrase({ file: undefined, environment: {}, terminal }, true)).toBe("a passphrase of tests");
    expect(shown()).toBe("Passphrase of the keys: \nThe same again: \n");
    const once = typing("short");
    expect(await readPassphrase({ file: undefined, environment: {}, terminal: once.terminal }, false)).toBe("short");
  });

  it.each([
    [
      "typed differently",
      typing("a passphrase of tests", "a passphrase of test").terminal,
      {},
      "The two passphrases differ.",
    ],
    [
      "short",
      NOBODY,
      { BACKUP_PASSPHRASE: "elevenchars" },
      "The passphrase is too short: it must have at least 12 characters.",
    ],
    ["not given where nobody can be asked", NOBODY, {}, "The keys need a passphrase: set BACKUP_PASSPHRASE"],
    ["given twice", NOBODY, { BACKUP_PASSPHRASE: "a", BACKUP_PASSPHRASE_FILE: "b" }, "not both"],
    ["in a file that is not there", NOBODY, { BACKUP_PASSPHRASE_FILE: "/nonexistent" }, "cannot be read (ENOENT)"],
  ])("is refused when it is %s", async (_what, terminal, environment, sentence) => {
    await expect(readPassphrase({ file: undefined, environment, terminal }, true)).rejects.toThrow(sentence);
  });
});
