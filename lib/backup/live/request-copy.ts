import "server-only";

import { connect, type Socket } from "node:net";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { BackupError } from "@/lib/backup/backup-error";
import { removeDatabaseFolder } from "./abandoned-folders";
import { copyAnswerSchema, findCopySocketPath } from "./copy-protocol";

export type DatabaseCopy = {
  /** The folder of an embedded database that nobody else opens. */
  folder: string;
  /** Removes the copy. */
  release(): Promise<void>;
};

const REFUSALS: Readonly<Record<string, string>> = {
  busy: "Another backup of this server is under way. Try again when it is done.",
  ENOSPC: "The disk of DATA_DIR is full: a backup of a running server needs as much room as the database takes.",
};

/**
 * Asks the server that runs on the data directory for a copy of its database; undefined when no server listens. Throws
 * `BackupError` when it cannot make one.
 */
export async function requestCopy(dataDirectory: string): Promise<DatabaseCopy | undefined> {
  const path = findCopySocketPath(dataDirectory);
  const socket = path === undefined ? undefined : await connectToServer(path);
  if (socket === undefined) return undefined;
  const answer = copyAnswerSchema.safeParse(parseJson(await firstLine(socket)));
  if (!answer.success) {
    socket.destroy();
    throw new BackupError("The running server ended before it had made a copy. Try again.");
  }
  if ("failure" in answer.data) {
    socket.destroy();
    const { failure } = answer.data;
    throw new BackupError(
      REFUSALS[failure] ?? `The running server cannot copy its database (${failure}); its log says more.`,
    );
  }
  const folder = join(dataDirectory, answer.data.folder);
  return {
    folder,
    async release() {
      await removeDatabaseFolder(folder);
      socket.destroy();
    },
  };
}

function connectToServer(path: string): Promise<Socket | undefined> {
  return new Promise((resolve) => {
    const socket = connect(path, () => resolve(socket));
    // Later on, its end says as much.
    socket.on("error", () => resolve(undefined));
  });
}

async function firstLine(socket: Socket): Promise<string> {
  for await (const line of createInterface({ input: socket })) return line;
  return "";
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
