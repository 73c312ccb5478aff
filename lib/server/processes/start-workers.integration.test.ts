import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Child, prepareChildScript } from "@/lib/testing/process/child-script";

let script: Awaited<ReturnType<typeof prepareChildScript>>;

beforeAll(async () => {
  script = await prepareChildScript("lib/testing/process/worker-group.child.ts");
});
afterAll(() => script.dispose());

const is = (expected: string) => (line: string) => line === expected;
const countOf = ({ lines }: Child, pattern: RegExp) => lines.filter((line) => pattern.test(line)).length;

/** The processes of the workers that there have been, by their number. */
function processesOf({ lines }: Child): Map<number, number> {
  const found = lines.flatMap((line) => [...line.matchAll(/^worker (\d+) is process (\d+)$/g)]);
  return new Map(found.map(([, id, pid]) => [Number(id), Number(pid)]));
}

async function started(fault = ""): Promise<Child> {
  const child = script.start(fault);
  await child.line(is("all are ready"));
  return child;
}

describe("a start with several workers", () => {
  it("is ready once, when all of them are, and says once what there is to say", async () => {
    const child = await started();
    expect(processesOf(child).size).toBe(3);
    expect(countOf(child, /^said for all$/)).toBe(1);
    expect(countOf(child, /^all are ready$/)).toBe(1);
    child.process.kill("SIGTERM");
    await child.exited;
  });

  it.each(["SIGTERM", "SIGINT"] as const)("stops all of them in order on %s, and ends with 0", async (signal) => {
    const child = await started();
    child.process.kill(signal);
    expect(await child.exited).toEqual({ code: 0, signal: null });
    expect(countOf(child, /^worker \d stops: asked$/)).toBe(3);
    expect(countOf(child, /worker_ended/)).toBe(0);
  });

  it("ends with 1 when one of them does not stop in order", async () => {
    const child = await started("disorder 2");
    child.process.kill("SIGTERM");
    expect(await child.exited).toEqual({ code: 1, signal: null });
    expect(countOf(child, /"event":"close_failed"/)).toBe(1);
  });

  it.each([
    ["the first", "fails 1", 1],
    ["a later one", "fails 3", 3],
    ["several at once", "fails others", 3],
  ])("that fails in %s says why once, stops the others and ends with 1", async (_who, fault, workers) => {
    const child = script.start(fault);
    expect(await child.exited).toEqual({ code: 1, signal: null });
    expect(countOf(child, /^Something is missing\.$/)).toBe(1);
    expect(countOf(child, /^all are ready$/)).toBe(0);
    // The others are not even begun while the first has not started.
    expect(processesOf(child).size).toBeLessThanOrEqual(workers);
    for (const pid of processesOf(child).values()) expect(() => process.kill(pid, 0)).toThrow(/ESRCH/);
  });

  it("ends with 1 when one of them ends without a word", async () => {
    const child = script.start("dies 2");
    expect(await child.exited).toEqual({ code: 1, signal: null });
    expect(countOf(child, /^A worker ended before it was ready\.$/)).toBe(1);
  });
});

describe("a worker that ends", () => {
  it("is told in the log and replaced, later each time that it lives shortly", async () => {
    const child = await started();
    for (let round = 1; round <= 3; round += 1) {
      const pid = processesOf(child).get(round === 1 ? 2 : round + 2) ?? 0;
      process.kill(pid, "SIGKILL");
      await child.line((line) => line.startsWith(`worker ${round + 3} is process`));
      const told = child.lines.filter((line) => line.includes("worker_ended")).at(-1) ?? "";
      expect(JSON.parse(told)).toEqual({
        level: "error",
        time: expect.any(String),
        event: "worker_ended",
        pid,
        code: null,
        signal: "SIGKILL",
        delay_ms: 1,
        msg: "a worker ended and is started again",
      });
    }
    expect(child.lines.filter((line) => line.startsWith("short lives"))).toEqual(
      [1, 2, 3].map((n) => `short lives: ${n}`),
    );
    child.process.kill("SIGTERM");
    expect(await child.exited).toEqual({ code: 0, signal: null });
  });

  it("stops in order when the process that has started it is killed", async () => {
    const child = await started();
    child.process.kill("SIGKILL");
    // Its output ends with the last of those who write there.
    expect(await child.exited).toEqual({ code: null, signal: "SIGKILL" });
    expect(countOf(child, /^worker \d stops: alone$/)).toBe(3);
  });
});
