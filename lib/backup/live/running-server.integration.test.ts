import { mkdir, mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { makeBackup } from "@/lib/backup/make-backup";
import { restoreBackup } from "@/lib/backup/restore-backup";
import { openEmbeddedConnection } from "@/lib/db/connection";
import { copyEmbeddedTemplate } from "@/lib/testing/database/embedded-snapshot";
import { captureLog } from "@/lib/testing/machine/machine-requests";
import { type Child, prepareChildScript } from "@/lib/testing/process/child-script";
import { findCopySocketPath } from "./copy-protocol";
import { offerCopies } from "./offer-copies";
import { requestCopy } from "./request-copy";

const MIGRATIONS = resolve("prisma/migrations");

let script: Awaited<ReturnType<typeof prepareChildScript>>;
let folder: string;
let dataDirectory: string;

beforeAll(async () => {
  script = await prepareChildScript("lib/testing/process/room-maker.child.ts");
});
afterAll(() => script.dispose());
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "vestibule-live-"));
  dataDirectory = join(folder, "data");
  await mkdir(dataDirectory);
  await copyEmbeddedTemplate(dataDirectory);
});
afterEach(async () => {
  await script.stop();
  await rm(folder, { recursive: true });
});

function optionsOf(directory: string) {
  const location = { databaseUrl: undefined, dataDirectory: directory };
  return { location, migrationsFolder: MIGRATIONS, product: "1.2.3", now: new Date(), keys: undefined };
}

const socketPath = () => findCopySocketPath(dataDirectory) ?? "";
const made = (child: Child) => child.lines.filter((line) => line.startsWith("made ")).map((line) => line.slice(5));

async function startMaking(count: number): Promise<Child> {
  const child = script.start(dataDirectory);
  let seen = 0;
  await child.line((line) => line.startsWith("made ") && ++seen >= count);
  return child;
}

describe("a backup of an embedded database that is being written to", () => {
  it("holds one moment: what was acknowledged before it, and no half of a transaction", async () => {
    const child = await startMaking(20);
    const before = made(child);
    const file = join(folder, "backup.gz");
    await makeBackup(file, optionsOf(dataDirectory));
    const after = made(child).length;
    // The server goes on as if nothing had been.
    await child.line((line) => line.startsWith("made "));
    expect((await readdir(dataDirectory)).filter((name) => name.startsWith("copy-"))).toEqual([]);
    child.process.kill("SIGKILL");
    await child.exited;

    const restored = join(folder, "restored");
    await restoreBackup(file, { ...optionsOf(restored), passphrase: async () => "" });
    const connection = await openEmbeddedConnection(join(restored, "postgres"));
    const rooms = await connection.readRows("SELECT id::text FROM rooms");
    const torn = await connection.readRows(`
      SELECT id FROM rooms r WHERE NOT EXISTS (SELECT FROM room_accesses a WHERE a.room_id = r.id)
        OR NOT EXISTS (SELECT FROM audit_events e WHERE e.target_id = r.id)
      UNION ALL SELECT id FROM audit_events e WHERE NOT EXISTS (SELECT FROM rooms r WHERE r.id = e.target_id)`);
    await connection.close();
    const found = new Set(rooms.map(({ id }) => id));
    expect(before.filter((id) => !found.has(id))).toEqual([]);
    expect(torn).toEqual([]);
    expect(found.size).toBeLessThanOrEqual(after + 1);
  });

  it("is refused, with the way out, when the server does not listen for it", async () => {
    const child = await startMaking(1);
    await rm(socketPath());
    const busy = `Another Vestibule (process ${child.process.pid}) is using ${dataDirectory}. Stop it first`;
    await expect(makeBackup(join(folder, "backup.gz"), optionsOf(dataDirectory))).rejects.toThrow(busy);
    expect(await readdir(folder)).toEqual(["data"]);
  });

  it("can be made at once after the server was killed, whatever it has left", async () => {
    const child = await startMaking(3);
    child.process.kill("SIGKILL");
    await child.exited;
    expect(await readdir(dataDirectory)).toContain("backup.socket");
    await makeBackup(join(folder, "backup.gz"), optionsOf(dataDirectory));
    expect(await readdir(folder)).toContain("backup.gz");
  });

  it("is refused where there is no database, and makes none", async () => {
    const empty = join(folder, "empty");
    await expect(makeBackup(join(folder, "backup.gz"), optionsOf(empty))).rejects.toThrow(
      `There is no database in ${empty}.`,
    );
    expect(await readdir(folder)).toEqual(["data"]);
  });
});

describe("what a server does for backups", () => {
  const copies = async () => (await readdir(dataDirectory)).filter((name) => name.startsWith("copy-"));

  it("removes a copy when whoever asked for it is gone, and one that was left at the start", async () => {
    const log = captureLog();
    await writeFile(join(dataDirectory, "copy-left"), "");
    const copyFiles = (to: string) => writeFile(to, "a copy");
    const offer = await offerCopies({ dataDirectory, copyFiles });
    expect(await copies()).toEqual([]);
    const socket = connect(socketPath());
    await new Promise((done) => socket.once("data", done));
    expect(await copies()).toHaveLength(1);
    await expect(requestCopy(dataDirectory)).rejects.toThrow("Another backup of this server is under way.");
    socket.destroy();
    await expect.poll(copies).toEqual([]);
    const again = await requestCopy(dataDirectory);
    await again?.release();
    await expect.poll(copies).toEqual([]);
    await offer.close();
    expect(await requestCopy(dataDirectory)).toBeUndefined();
    log.stop();
    expect(log.lines.join("")).toContain('"event":"database_copied"');
  });

  it("says why there is no copy, and leaves nothing of it", async () => {
    const log = captureLog();
    const copyFiles = async (to: string) => {
      await writeFile(to, "half a copy");
      throw Object.assign(new Error("no space"), { code: "ENOSPC" });
    };
    const offer = await offerCopies({ dataDirectory, copyFiles });
    await expect(requestCopy(dataDirectory)).rejects.toThrow("The disk of DATA_DIR is full");
    expect(await copies()).toEqual([]);
    await offer.close();
    log.stop();
    expect(log.lines.join("")).toContain('"event":"database_not_copied"');
  });

  it("starts all the same where no socket can be made", async () => {
    const log = captureLog();
    const long = join(dataDirectory, "d".repeat(120));
    await mkdir(long);
    const offer = await offerCopies({ dataDirectory: long, copyFiles: async () => {} });
    await offer.close();
    log.stop();
    expect(log.lines.join("")).toContain('"event":"backup_socket_missing"');
  });
});
