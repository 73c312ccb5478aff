import { chmod, mkdir, mkdtemp, readdir, rm, stat, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { database } from "@/lib/db/client";
import { openDatabase } from "@/lib/db/open-database";
import { createFileOnce } from "@/lib/env/create-file-once";
import { ensureKeys } from "@/lib/env/keys/ensure-keys";
import { copyEmbeddedTemplate } from "@/lib/testing/database/embedded-snapshot";
import { testConfig } from "@/lib/testing/test-config";
import { lockDataDirectory } from "./data-directory-lock";
import { DataDirectoryError, orUnusable } from "./prepare-data-directory";

const QUIET = { onLost: () => {} };

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "vestibule-prepare-"));
});
afterEach(() => rm(folder, { recursive: true }));

describe("a data directory that cannot be used", () => {
  it.each([
    ["lies where the kernel makes the folders", () => "/proc/nope", "ENOENT"],
    ["lies deeper there", () => "/proc/nope/deeper", "ENOENT"],
    ["takes no files", () => "/proc/self/task", "ENOENT"],
    ["is a device", () => "/dev/null", "EEXIST"],
    ["is a file", () => join(folder, "file"), "EEXIST"],
    ["lies under a file", () => join(folder, "file", "data"), "ENOTDIR"],
    ["is a link to nothing", () => join(folder, "dangling"), "ENOENT"],
    ["is a link to itself", () => join(folder, "loop"), "ELOOP"],
    ["has a name that is too long", () => join(folder, "n".repeat(300)), "ENAMETOOLONG"],
  ])("because it %s is refused at once, in one sentence", async (_why, path, code) => {
    await writeFile(join(folder, "file"), "");
    await symlink(join(folder, "nothing"), join(folder, "dangling"));
    await symlink(join(folder, "loop"), join(folder, "loop"));
    const refusal = lockDataDirectory(path(), QUIET);
    await expect(refusal).rejects.toThrow(
      new DataDirectoryError(
        `DATA_DIR: ${path()} cannot be used as the data directory (${code}). Name a folder that this process may write to.`,
      ),
    );
  });

  it("because its folder of keys is a file is refused in one sentence too", async () => {
    await writeFile(join(folder, "keys"), "");
    const settings = { ...testConfig(), dataDirectory: folder, masterKeys: undefined };
    await expect(orUnusable(folder, () => ensureKeys(settings))).rejects.toThrow(DataDirectoryError);
  });
});

it("a data directory is made with all that is missing above it, for its owner alone", async () => {
  const deep = join(folder, "a", "b", "data");
  await (await lockDataDirectory(deep, QUIET)).release();
  for (const path of [deep, join(folder, "a", "b"), join(folder, "a")]) {
    expect((await stat(path)).mode & 0o777).toBe(0o700);
  }
  expect(await readdir(deep)).toEqual(["lock.1"]);
});

/** What others may do to anything under `path`, as lines of mode and path; empty when nothing. */
async function openPaths(path: string): Promise<string[]> {
  const entries = await readdir(path, { recursive: true, withFileTypes: true });
  const paths = [path, ...entries.map((entry) => join(entry.parentPath, entry.name))];
  const modes = await Promise.all(paths.map(async (each) => [(await stat(each)).mode & 0o777, each] as const));
  return modes.filter(([mode]) => (mode & 0o077) !== 0).map(([mode, each]) => `${mode.toString(8)} ${each}`);
}

/** A copy of the catalogue that the engine keeps for its next start, without any data; the folder around it is closed. */
const holdsData = (path: string) => !path.endsWith("/pg_internal.init");

it("a data directory that was open to others is closed at every start, and what is made while it is used stays closed", async () => {
  const before = process.umask(0);
  await copyEmbeddedTemplate(folder);
  await mkdir(join(folder, "keys"), { mode: 0o777 });
  await writeFile(join(folder, "keys", "master-key"), "x", { mode: 0o666 });
  await chmod(folder, 0o777);
  const outside = await mkdtemp(join(tmpdir(), "vestibule-outside-"));
  await writeFile(join(outside, "file"), "", { mode: 0o666 });
  await symlink(join(outside, "file"), join(folder, "link"));
  expect((await openPaths(folder)).length).toBeGreaterThan(500);

  const lock = await lockDataDirectory(folder, QUIET);
  expect((await stat(join(outside, "file"))).mode & 0o777).toBe(0o666);
  await rm(join(folder, "link"));
  expect(await openPaths(folder)).toEqual([]);
  const opened = await openDatabase({ databaseUrl: undefined, dataDirectory: folder }, resolve("prisma/migrations"));
  expect(await openPaths(folder)).toEqual([]);
  await database().$executeRaw`CREATE TABLE made_while_running AS SELECT generate_series(1, 10000) AS n`;
  await database().$executeRaw`CHECKPOINT`;
  expect((await openPaths(folder)).filter(holdsData)).toEqual([]);
  await opened.close();
  await lock.release();
  expect((await openPaths(folder)).filter(holdsData)).toEqual([]);
  process.umask(before);
  await rm(outside, { recursive: true });
});

describe("on a file system without hard links", () => {
  it.each(["EPERM", "ENOTSUP", "ENOSYS"])(
    "that says %s a file is still made once, and the directory locked",
    async (code) => {
      vi.resetModules();
      vi.doMock("node:fs/promises", async (original) => ({
        ...(await original<typeof import("node:fs/promises")>()),
        link: () => Promise.reject(Object.assign(new Error(code), { code })),
      }));
      const without = await import("@/lib/env/create-file-once");
      expect(without.createFileOnce).not.toBe(createFileOnce);
      const path = join(folder, "once");
      const made = await Promise.all(["a", "b", "c"].map((content) => without.createFileOnce(path, content)));
      expect(made.filter(Boolean)).toHaveLength(1);
      expect(await readdir(folder)).toEqual(["once"]);
      const locks = await import("./data-directory-lock");
      const lock = await locks.lockDataDirectory(folder, QUIET);
      await expect(locks.lockDataDirectory(folder, QUIET)).rejects.toThrow("is using");
      await lock.release();
      vi.doUnmock("node:fs/promises");
      vi.resetModules();
    },
  );
});
