import { describe, expect, it } from "vitest";
import { parseCoreList, parseCoreTimes, parseProcessStat, parseResidentMib, treeSeconds } from "./proc";

const stat = (name: string) =>
  `4242 (${name}) S 17 4242 4242 0 -1 4194560 9 8 7 6 150 50 25 75 20 0 11 0 1 2 3 4 0 0 0`;

describe("/proc/PID/stat", () => {
  it("tells the parent and the CPU of a process and of the children it has waited for, in seconds", () => {
    expect(parseProcessStat(stat("node"))).toEqual({ pid: 4242, parent: 17, seconds: 3 });
  });

  it.each(["postgres: 15/main", "a) S 1 (b", "((("])("may hold a name such as %s", (name) => {
    expect(parseProcessStat(stat(name))).toEqual({ pid: 4242, parent: 17, seconds: 3 });
  });
});

describe("the CPU of a tree", () => {
  const processes = [
    { pid: 1, parent: 0, seconds: 100 },
    { pid: 5, parent: 1, seconds: 1 },
    { pid: 6, parent: 5, seconds: 2 },
    { pid: 7, parent: 6, seconds: 4 },
    { pid: 8, parent: 1, seconds: 50 },
  ];

  it("is that of a process and of all below it, and of no neighbour", () => {
    expect(treeSeconds(processes, 5)).toBe(7);
  });

  it("is nothing when the process is gone", () => {
    expect(treeSeconds(processes, 99)).toBe(0);
  });
});

describe("/proc/stat", () => {
  const text = "cpu  9 9 9 9\ncpu0 100 20 30 999 5 6 7 50 0 0\ncpu11 200 0 0 0 0 0 0 0 0 0\nintr 1\n";

  it("tells for each core the time of programs and of the hypervisor, without idling, waiting and interrupts", () => {
    expect([...parseCoreTimes(text)]).toEqual([
      [0, 2],
      [11, 2],
    ]);
  });
});

describe("a list of cores", () => {
  it.each([
    ["0", [0]],
    ["0-2", [0, 1, 2]],
    ["1,4-5\n", [1, 4, 5]],
  ])("%s is read", (text, cores) => {
    expect(parseCoreList(text)).toEqual(cores);
  });
});

it("reads the memory of a process in MiB", () => {
  expect(parseResidentMib("VmPeak:\t 9 kB\nVmRSS:\t  326656 kB\nRssAnon:\t 1 kB\n")).toBe(319);
});
