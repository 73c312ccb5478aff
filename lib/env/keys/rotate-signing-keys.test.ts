import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { mkdir } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { EnvironmentError } from "@/lib/env/environment-error";
import { ValueError } from "@/lib/env/value-parsers";
import { generateSigningKey, importKeyRing } from "@/lib/oauth/jose/signing-key";
import { readOrMakeKey } from "./key-store";
import { KeyFileBusyError, replaceKeyFile, withKeyFileLock } from "./rewrite-key-file";
import { readRotationArguments, rotateConfiguredKeys } from "./rotate-signing-keys";

const NOW = new Date("2026-11-23T12:00:00Z");
const given = await generateSigningKey();
const GIVEN = JSON.stringify({ keys: [given] });
const DATABASE_URL = "postgresql://user:hunter2@db.example/vestibule";

let folder: string;
let keys: string;
let file: string;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), "vestibule-rotate-"));
  keys = join(folder, "keys");
  file = join(keys, "token-signing-keys.json");
});
afterEach(() => rmSync(folder, { recursive: true }));

function rotate(environment: Record<string, string> = {}, ...args: string[]) {
  return rotateConfiguredKeys({ DATA_DIR: folder, ...environment }, readRotationArguments(args), NOW);
}

async function kidsIn(text: string): Promise<string[]> {
  return [...(await importKeyRing(JSON.parse(text))).keys.keys()];
}

describe("keys in the data directory", () => {
  it("get a new one in front, in a file for nobody else, with nothing left beside it", async () => {
    const [before = ""] = await kidsIn(await readOrMakeKey(folder, "TOKEN_SIGNING_KEYS"));
    const { lines, jwkSet } = await rotate();
    const [added = "", ...others] = await kidsIn(readFileSync(file, "utf8"));
    expect(others).toEqual([before]);
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(readdirSync(keys)).toEqual(["token-signing-keys.json"]);
    expect(lines).toEqual([
      `Added ES256 key ${added}. It signs from 2026-11-23T12:11:00.000Z.`,
      "Kept 1 older key to verify with.",
      `${file} was replaced. A running server takes it up within seconds.`,
    ]);
    // Private keys are printed only where there is no file for them.
    expect(jwkSet).toBeUndefined();
  });

  it("say which keys are gone", async () => {
    const [before = ""] = await kidsIn(await readOrMakeKey(folder, "TOKEN_SIGNING_KEYS"));
    const { lines } = await rotate({}, "--replace-all", "--alg", "Ed25519");
    const [added = "", ...others] = await kidsIn(readFileSync(file, "utf8"));
    expect(others).toEqual([]);
    expect(lines.slice(0, 3)).toEqual([
      `Added Ed25519 key ${added}. It signs from 2026-11-23T12:00:00.000Z.`,
      "Kept 0 older keys to verify with.",
      `Removed key ${before}.`,
    ]);
  });

  it("are not made by a rotation: that is for the first start", async () => {
    await expect(rotate()).rejects.toThrow(
      new ValueError(`${file} does not exist: the first start of the server makes it.`),
    );
    expect(readdirSync(folder)).toEqual([]);
  });

  it("stay as they are when the file is damaged, and its content is not repeated", async () => {
    await mkdir(keys);
    writeFileSync(file, '{"keys":["canary"]}');
    const failure = rotate();
    await expect(failure).rejects.toThrow(new ValueError("keys[0]: must be an object."));
    expect(readFileSync(file, "utf8")).toBe('{"keys":["canary"]}');
    expect(readdirSync(keys)).toEqual(["token-signing-keys.json"]);
  });

  it("stay as they are while somebody else rotates them", async () => {
    await readOrMakeKey(folder, "TOKEN_SIGNING_KEYS");
    const before = readFileSync(file, "utf8");
    await withKeyFileLock(file, async () => {
      await expect(rotate()).rejects.toThrow(KeyFileBusyError);
    });
    expect(readFileSync(file, "utf8")).toBe(before);
    await expect(rotate()).resolves.toBeDefined();
  });

  it("cannot be sent elsewhere", async () => {
    await readOrMakeKey(folder, "TOKEN_SIGNING_KEYS");
    await expect(rotate({}, "--out", join(folder, "copy"))).rejects.toThrow(ValueError);
  });
});

describe("keys given by the environment", () => {
  it("are returned with the new one in front, for the operator to keep, and no file is touched", async () => {
    const { lines, jwkSet = "" } = await rotate({ DATABASE_URL, TOKEN_SIGNING_KEYS: GIVEN });
    expect((await kidsIn(jwkSet))[1]).toBe(given.kid);
    expect(lines.join("\n")).not.toContain(given.d);
    expect(readdirSync(folder)).toEqual([]);
  });

  it("are written to a file for nobody else when one is named, and not printed", async () => {
    const out = join(folder, "new.json");
    const { lines, jwkSet } = await rotate({ DATABASE_URL, TOKEN_SIGNING_KEYS: GIVEN }, "--out", out);
    expect((await kidsIn(readFileSync(out, "utf8")))[1]).toBe(given.kid);
    expect([statSync(out).mode & 0o777, jwkSet]).toEqual([0o600, undefined]);
    expect(lines.at(-1)).toBe(`The new set is in ${out}. Give it to every instance.`);
  });

  it("may come from a file, which can be replaced by its successor", async () => {
    const mounted = join(folder, "mounted.json");
    writeFileSync(mounted, `${GIVEN}\n`, { mode: 0o644 });
    await rotate({ DATABASE_URL, TOKEN_SIGNING_KEYS_FILE: mounted }, "--out", mounted, "--now");
    expect((await kidsIn(readFileSync(mounted, "utf8")))[1]).toBe(given.kid);
    expect(statSync(mounted).mode & 0o777).toBe(0o600);
  });

  it.each([
    ["are missing", { DATABASE_URL }],
    ["are damaged", { DATABASE_URL, TOKEN_SIGNING_KEYS: '{"keys":["canary"]}' }],
    ["are given twice", { TOKEN_SIGNING_KEYS: GIVEN, TOKEN_SIGNING_KEYS_FILE: "/nowhere" }],
    ["are in no file", { TOKEN_SIGNING_KEYS_FILE: "/nowhere" }],
  ])("are refused in one sentence when they %s", async (_title, environment) => {
    const thrown: unknown = await rotate(environment).catch((error: unknown) => error);
    expect(thrown instanceof EnvironmentError && thrown.problems.length).toBe(1);
    expect(String(thrown)).not.toMatch(/canary|hunter2/);
  });
});

describe("the arguments", () => {
  it("are an ES256 key, published for eleven minutes first, beside the old ones, unless told otherwise", () => {
    expect(readRotationArguments([])).toEqual({ alg: "ES256", publishAheadSeconds: 660, replaceAll: false });
    expect(readRotationArguments(["--now"]).publishAheadSeconds).toBe(0);
    expect(readRotationArguments(["--publish-ahead", "7200", "--alg", "RS256"])).toMatchObject({
      alg: "RS256",
      publishAheadSeconds: 7200,
    });
  });

  it.each([
    [["--alg", "HS256"], /^--alg must be one of: ES256, RS256, Ed25519\.$/],
    [["--publish-ahead", "soon"], /^--publish-ahead must be a whole number/],
    [["--now", "--publish-ahead", "60"], /^Give either/],
    [["--nwo"], /--nwo/],
    [["now"], /now/],
  ])("are refused when they make no sense: %j", (args, message) => {
    expect(() => readRotationArguments(args)).toThrow(ValueError);
    expect(() => readRotationArguments(args)).toThrow(message);
  });
});

describe("a key file that is replaced", () => {
  it("is never seen half written", async () => {
    const path = join(folder, "file");
    const contents = ["a".repeat(200_000), "b".repeat(100_000)];
    await replaceKeyFile(path, contents[0] ?? "");
    const seen = new Set<string>();
    const writing = (async () => {
      for (let round = 0; round < 20; round += 1) await replaceKeyFile(path, contents[round % 2] ?? "");
    })();
    let isWriting = true;
    void writing.finally(() => {
      isWriting = false;
    });
    while (isWriting) {
      seen.add(readFileSync(path, "utf8"));
      await new Promise(setImmediate);
    }
    expect([...seen].every((text) => contents.includes(text))).toBe(true);
    expect(readdirSync(folder)).toEqual(["file"]);
  });

  it("leaves no draft behind when it cannot be", async () => {
    await mkdir(join(folder, "busy", "inside"), { recursive: true });
    await expect(replaceKeyFile(join(folder, "busy"), "x")).rejects.toThrow(/EISDIR/);
    expect(readdirSync(folder)).toEqual(["busy"]);
  });
});
