import "server-only";

import { access } from "node:fs/promises";

/** Tells whether something is at `path`. Throws for anything but its absence: a folder that cannot be read is no answer. */
export async function pathExists(path: string): Promise<boolean> {
  try {
    await access(path);
    return true;
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return false;
    throw error;
  }
}
