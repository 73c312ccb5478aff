import "server-only";

import { randomBytes } from "node:crypto";
import { link, open, rm } from "node:fs/promises";
import { hasCode } from "@/lib/errors/has-code";

/** What a file system without hard links answers to the attempt, as FAT, many network shares and some volumes do. */
const NO_HARD_LINKS = ["EPERM", "ENOTSUP", "EOPNOTSUPP", "ENOSYS", "EMLINK", "EXDEV"];

/**
 * Creates `path`, mode 0600, with all of `content`, and returns true; returns false, and changes nothing, when it is
 * there. Of several who try at once exactly one succeeds. A hard link appears at once and whole; where there are none,
 * the file may be seen before its content for a moment.
 */
export async function createFileOnce(path: string, content: string): Promise<boolean> {
  const draft = `${path}.${randomBytes(6).toString("hex")}`;
  await writeNew(draft, content);
  try {
    await link(draft, path);
    return true;
  } catch (error) {
    if (hasCode(error, "EEXIST")) return false;
    if (!NO_HARD_LINKS.some((code) => hasCode(error, code))) throw error;
    return await createWithoutLink(path, content);
  } finally {
    await rm(draft, { force: true });
  }
}

async function createWithoutLink(path: string, content: string): Promise<boolean> {
  try {
    await writeNew(path, content);
    return true;
  } catch (error) {
    if (hasCode(error, "EEXIST")) return false;
    throw error;
  }
}

async function writeNew(path: string, content: string): Promise<void> {
  const file = await open(path, "wx", 0o600);
  try {
    await file.writeFile(content);
    await file.sync();
  } finally {
    await file.close();
  }
}
