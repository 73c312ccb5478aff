// Reads what Linux says about processes and cores. Parsing is apart from reading, because it is what can be wrong.
import { readdirSync, readFileSync } from "node:fs";

/** Ticks a second in /proc, the same on every architecture (USER_HZ). */
const TICKS_PER_SECOND = 100;

export type ProcessTimes = {
  pid: number;
  parent: number;
  /** Seconds of CPU, of the process and of the children that it has waited for. */
  seconds: number;
};

/** Parses /proc/PID/stat (proc_pid_stat(5)). The name in brackets may hold spaces and brackets. */
export function parseProcessStat(text: string): ProcessTimes {
  const fields = text.slice(text.lastIndexOf(")") + 2).split(" ");
  // Fields 4 and 14 to 17 of the manual; the first one here is its third.
  const [parent, ...ticks] = [1, 11, 12, 13, 14].map((index) => Number(fields[index]));
  const seconds = ticks.reduce((sum, tick) => sum + tick, 0) / TICKS_PER_SECOND;
  return { pid: Number.parseInt(text, 10), parent: parent ?? Number.NaN, seconds };
}

/** Seconds of CPU that `root` and everything below it has used. A child that ends counts on with its parent. */
export function treeSeconds(processes: readonly ProcessTimes[], root: number): number {
  const own = processes.find(({ pid }) => pid === root)?.seconds ?? 0;
  return processes
    .filter(({ parent }) => parent === root)
    .reduce((sum, { pid }) => sum + treeSeconds(processes, pid), own);
}

/** Parses the lines `cpuN` of /proc/stat: seconds each core has worked for programs, or was taken away by a hypervisor. */
export function parseCoreTimes(text: string): Map<number, number> {
  return new Map(
    [...text.matchAll(/^cpu(\d+) (.*)$/gm)].map(([, core, line = ""]) => {
      // user, nice, system, and steal. Time in interrupts is left out: the kernel gives it to nobody.
      const ticks = line.split(" ").map(Number);
      const seconds = [0, 1, 2, 7].reduce((sum, index) => sum + (ticks[index] ?? 0), 0) / TICKS_PER_SECOND;
      return [Number(core), seconds];
    }),
  );
}

/** Parses a list of cores as the kernel writes it: `0-2,5`. */
export function parseCoreList(text: string): number[] {
  return text
    .trim()
    .split(",")
    .flatMap((part) => {
      const [first = Number.NaN, last = first] = part.split("-").map(Number);
      return Array.from({ length: last - first + 1 }, (_, index) => first + index);
    });
}

/** MiB of memory that a process holds (VmRSS), from /proc/PID/status. */
export function parseResidentMib(text: string): number {
  return Number(/^VmRSS:\s+(\d+) kB$/m.exec(text)?.[1]) / 1024;
}

export function readProcesses(): ProcessTimes[] {
  return readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .flatMap((pid) => {
      const text = readIfThere(`/proc/${pid}/stat`);
      return text === undefined ? [] : [parseProcessStat(text)];
    });
}

export function readCoreTimes(): Map<number, number> {
  return parseCoreTimes(readFileSync("/proc/stat", "utf8"));
}

/** The cores on which this process may run. */
export function readAllowedCores(): number[] {
  const status = readFileSync("/proc/self/status", "utf8");
  return parseCoreList(/^Cpus_allowed_list:\s+(\S+)$/m.exec(status)?.[1] ?? "0");
}

export function readResidentMib(pid: number): number {
  return parseResidentMib(readFileSync(`/proc/${pid}/status`, "utf8"));
}

/** The parent of a process, undefined when it is none of this machine. */
export function readParent(pid: number): number | undefined {
  const text = readIfThere(`/proc/${pid}/stat`);
  return text === undefined ? undefined : parseProcessStat(text).parent;
}

/** A process can be gone before it is read. */
function readIfThere(path: string): string | undefined {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return undefined;
  }
}
