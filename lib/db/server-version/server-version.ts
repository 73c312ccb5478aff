import "server-only";

/** The first line of a migration that old servers do not survive: from which version on a server goes on, and why. */
const MARK = /^-- Needs servers of (\d+\.\d+\.\d+) or newer: \S/m;

/** Says that servers of any version go on after a migration. */
export const ANY_VERSION = "0.0.0";

/**
 * The version of the oldest server that goes on working once `script` has been applied. A migration that only adds says
 * nothing of it, and leaves every server working.
 */
export function readOldestServer(script: string): string {
  return MARK.exec(script)?.[1] ?? ANY_VERSION;
}

/** Whether `version` comes before `other`. Both are three numbers; what follows them, as in a pre-release, does not count. */
export function isOlderVersion(version: string, other: string): boolean {
  const [ours, theirs] = [version, other].map((each) => each.split(/[.+-]/, 3).map(Number));
  for (const part of [0, 1, 2]) {
    const difference = (ours?.[part] ?? 0) - (theirs?.[part] ?? 0);
    if (difference !== 0) return difference < 0;
  }
  return false;
}
