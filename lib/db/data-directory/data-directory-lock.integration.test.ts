import { mkdtemp, readdir, readFile, rm, utimes, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { prepareChildScript } from "@/lib/testing/process/child-script";
import { DataDirectoryBusyError, lockDataDirectory } from "./data-directory-lock";
import { judgeProcess, ownIdentity } from "./process-identity";

const QUIET = { onLost: () => {}, silenceMs: 300 };

let holder: Awaited<ReturnType<typeof prepareChildScript>>;
let directory: string;

beforeAll(async () => {
  holder = await prepareChildScript("lib/testing/process/lock-holder.child.ts");
});
afterAll(() => holder.dispose());
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), "vestibule-lock-"));
});
afterEach(async () => {
  await holder.stop();
  await rm(directory, { recursive: true });
});

async function startHolder() {
  const child = holder.start(directory);
  await child.line((line) => line === "locked");
  return child;
}

describe("the lock of the data directory", () => {
  it("refuses a second process and names the first and the directory", async () => {
    const child = await startHolder();
    await expect(lockDataDirectory(directory, QUIET)).rejects.toThrow(
      `Another Vestibule (process ${child.process.pid}) is using ${directory}. Stop it first, or give this one a DATA_DIR of its own.`,
    );
  });

  it("refuses a second owner in the same process", async () => {
    const lock = await lockDataDirectory(directory, QUIET);
    await expect(lockDataDirectory(directory, QUIET)).rejects.toThrow(DataDirectoryBusyError);
    await lock.release();
  });

  it("is free at once after kill -9", async () => {
    const child = await startHolder();
    child.process.kill("SIGKILL");
    await child.exited;
    const lock = await lockDataDirectory(directory, QUIET);
    await lock.release();
  });

  it("is free after it was released, again and again, and leaves one file", async () => {
    for (const _round of [1, 2, 3]) await (await lockDataDirectory(directory, QUIET)).release();
    expect(await readdir(directory)).toEqual(["lock.3"]);
  });

  it("is not fooled by another process that got the number of a dead one", async () => {
    const impostor = { ...ownIdentity(), started: "1" };
    expect(judgeProcess(ownIdentity())).toBe("running");
    expect(judgeProcess(impostor)).toBe("gone");
    await writeFile(join(directory, "lock.7"), JSON.stringify(impostor));
    const lock = await lockDataDirectory(directory, QUIET);
    expect(await readdir(directory)).toEqual(["lock.8"]);
    await lock.release();
  });

  it("goes to exactly one of many that find a dead owner at the same time", async () => {
    for (const _round of [1, 2, 3]) {
      const dead = await startHolder();
      dead.process.kill("SIGKILL");
      await dead.exited;
      const contenders = Array.from({ length: 6 }, () => holder.start(directory));
      const answers = await Promise.all(contenders.map((child) => child.line((line) => /^(?:locked|busy)/.test(line))));
      const winner = contenders[answers.indexOf("locked")];
      expect(answers.filter((answer) => answer === "locked")).toHaveLength(1);
      expect(answers.filter((answer) => answer.includes(`process ${winner?.process.pid})`))).toHaveLength(5);
      winner?.process.kill("SIGKILL");
      await winner?.exited;
    }
  });

  it("goes from hand to hand without ever being held twice", async () => {
    const contenders = Array.from({ length: 6 }, () => holder.start(directory, "release"));
    await Promise.all(contenders.map((child) => child.exited));
    const answers = contenders.map((child) => child.lines.map((line) => line.replace(/:.*/, "")).join(" "));
    expect(answers.filter((answer) => !["locked released", "busy"].includes(answer))).toEqual([]);
    expect(answers).toContain("locked released");
    expect((await readdir(directory)).length).toBe(1);
  });
});

describe("an owner whose life cannot be asked, as in another container", () => {
  const stranger = { pid: 1, started: "5", space: "another boot pid:[1]" };

  async function writeStranger(touched: Date) {
    const path = join(directory, "lock.1");
    await writeFile(path, JSON.stringify(stranger));
    await utimes(path, touched, touched);
    return path;
  }

  it("counts as gone when it has been silent long enough", async () => {
    await writeStranger(new Date(Date.now() - 60_000));
    await (await lockDataDirectory(directory, { onLost: () => {} })).release();
  });

  it("counts as gone when it falls silent", async () => {
    await writeStranger(new Date());
    await (await lockDataDirectory(directory, QUIET)).release();
  });

  it("counts as running as soon as it shows a sign of life", async () => {
    const path = await writeStranger(new Date());
    const beats = setInterval(() => utimes(path, new Date(), new Date()), 50);
    await expect(lockDataDirectory(directory, { ...QUIET, silenceMs: 60_000 })).rejects.toThrow(DataDirectoryBusyError);
    clearInterval(beats);
  });

  it("is treated like one that is silent when its file was damaged", async () => {
    await writeFile(join(directory, "lock.1"), "");
    await (await lockDataDirectory(directory, QUIET)).release();
    expect(JSON.parse(await readFile(join(directory, "lock.2"), "utf8"))).toMatchObject({
      pid: process.pid,
      released: true,
    });
  });
});
