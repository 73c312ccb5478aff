import "server-only";

import { access } from "node:fs/promises";
import { hasCode } from "@/lib/errors/has-code";

/**
 * Tells whether something is at `path`. Throws for anything but its absence: a folder that cannot be read is no answer.
 */
export async function pathExists(path: string): Promise<boolean> {
  try {
    await access(path);
    return true;
  } catch (error) {
    if (hasCode(error, "ENOENT")) return false;
    throw error;
  }
}
