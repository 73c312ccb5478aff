import "server-only";

import { readFileSync, readlinkSync } from "node:fs";
import { hostname } from "node:os";
import { hasCode } from "@/lib/errors/has-code";

/**
 * What makes a process this one and not a later one with the same number: process numbers are used again, and inside
 * containers nearly every process is number 1.
 */
export type ProcessIdentity = {
  pid: number;
  /** When it started, in the kernel's own count. Unknown where there is no /proc. */
  started: string | undefined;
  /** Where its number means something: the boot of the machine and the PID namespace. */
  space: string;
};

export function ownIdentity(): ProcessIdentity {
  return { pid: process.pid, started: readStart(process.pid)?.started, space: readSpace() };
}

/** Tells whether the process still runs; `unknown` when its number means nothing here, as in another container. */
export function judgeProcess(identity: ProcessIdentity): "running" | "gone" | "unknown" {
  if (identity.space !== readSpace()) return "unknown";
  if (!answersSignals(identity.pid)) return "gone";
  const found = readStart(identity.pid);
  if (found === undefined || identity.started === undefined) return "running";
  // A zombie has given everything back already; only its parent has not asked for its exit code yet.
  return found.started === identity.started && found.state !== "Z" ? "running" : "gone";
}

function answersSignals(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // EPERM: it is there, and belongs to somebody else.
    return hasCode(error, "EPERM");
  }
}

/** proc(5), /proc/pid/stat: after the name in parentheses come the state and, 19 fields on, the start time. */
function readStart(pid: number): { state: string; started: string } | undefined {
  const stat = readText(() => readFileSync(`/proc/${pid}/stat`, "utf8"));
  const [state, ...fields] = stat?.slice(stat.lastIndexOf(")") + 2).split(" ") ?? [];
  const started = fields[18];
  return state === undefined || started === undefined ? undefined : { state, started };
}

function readSpace(): string {
  const boot = readText(() => readFileSync("/proc/sys/kernel/random/boot_id", "utf8").trim());
  const namespace = readText(() => readlinkSync("/proc/self/ns/pid"));
  return boot === undefined || namespace === undefined ? hostname() : `${boot} ${namespace}`;
}

function readText(read: () => string): string | undefined {
  try {
    return read();
  } catch {
    return undefined;
  }
}
