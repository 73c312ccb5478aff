import "server-only";

import { randomBytes } from "node:crypto";
import { rm } from "node:fs/promises";
import { createServer, type Socket } from "node:net";
import { join } from "node:path";
import { log } from "@/lib/observability/logger";
import { COPY, removeAbandonedFolders, removeDatabaseFolder } from "./abandoned-folders";
import { type CopyAnswer, findCopySocketPath } from "./copy-protocol";

type Offer = {
  dataDirectory: string;
  /** Copies the files of the open database into a folder that is not there. */
  copyFiles: (folder: string) => Promise<void>;
};

/**
 * Lets a backup ask this process for a copy of its embedded database, one at a time. The copy lasts as long as the connection:
 * whoever asked is gone then, one way or another. The caller holds the lock of the data directory. Where no socket can be made,
 * the log says so, and backups have to wait until the server is stopped.
 */
export async function offerCopies({ dataDirectory, copyFiles }: Offer): Promise<{ close(): Promise<void> }> {
  await removeAbandonedFolders(dataDirectory);
  const open = new Set<Socket>();
  const underWay = new Set<Promise<void>>();
  let isClosing = false;

  async function serve(socket: Socket): Promise<void> {
    open.add(socket);
    const gone = new Promise<void>((resolve) => socket.once("close", () => resolve()));
    // Its end is what counts, whatever the reason.
    socket.on("error", () => {});
    socket.resume();
    const name = `${COPY}${randomBytes(6).toString("hex")}`;
    const folder = join(dataDirectory, name);
    socket.write(`${JSON.stringify(open.size > 1 ? { failure: "busy" } : await copy(folder, name, copyFiles))}\n`);
    await gone;
    open.delete(socket);
    // A server that stops leaves the copy to the backup that reads it.
    if (!isClosing) await removeDatabaseFolder(folder);
  }

  const server = createServer((socket) => {
    const served = serve(socket).catch((err: unknown) =>
      log.error({ event: "database_not_copied", err }, "a copy for a backup was not removed"),
    );
    underWay.add(served);
    void served.finally(() => underWay.delete(served));
  });
  await listen(server, findCopySocketPath(dataDirectory));
  return {
    async close() {
      isClosing = true;
      server.close();
      for (const socket of open) socket.destroy();
      await Promise.all(underWay);
    },
  };
}

async function copy(folder: string, name: string, copyFiles: Offer["copyFiles"]): Promise<CopyAnswer> {
  const begun = performance.now();
  try {
    await copyFiles(folder);
    log.info(
      { event: "database_copied", duration_ms: Math.round(performance.now() - begun) },
      "the database was copied for a backup",
    );
    return { folder: name };
  } catch (err) {
    log.error({ event: "database_not_copied", err }, "the database was not copied for a backup");
    await removeDatabaseFolder(folder);
    return { failure: err instanceof Error ? codeOf(err) : "unknown error" };
  }
}

async function listen(server: ReturnType<typeof createServer>, path: string | undefined): Promise<void> {
  if (path === undefined) return warn("ENAMETOOLONG");
  // One that was killed has left its own, at which nobody listens.
  await rm(path, { force: true });
  await new Promise<void>((resolve) => {
    server.once("error", (err) => {
      warn(codeOf(err));
      resolve();
    });
    server.listen(path, resolve);
  });
}

function warn(detail: string): void {
  log.warn({ event: "backup_socket_missing", detail }, "a backup cannot be made while this server runs");
}

function codeOf(error: Error): string {
  return "code" in error ? String(error.code) : "unknown error";
}
