import { beforeEach, describe, expect, it, vi } from "vitest";
import { METRICS } from "./metric-definitions";
import {
  addToCounter,
  collectMetrics,
  formatMetrics,
  incrementCounter,
  metricsSnapshot,
  observe,
  provideGauge,
  resetMetrics,
  setGauge,
} from "./metrics";

beforeEach(resetMetrics);

/** The lines of the text format that are about one metric. */
async function linesOf(name: string, processes = 1): Promise<string[]> {
  const numbers = await collectMetrics();
  const text = await formatMetrics(Array.from({ length: processes }, () => numbers));
  return text.split("\n").filter((line) => line.replace(/^# (?:HELP|TYPE) (?=\w+_size )/, "").startsWith(name));
}

describe("metrics", () => {
  it("count by name and label, and show only what has happened", async () => {
    incrementCounter("vestibule_token_issued_total");
    incrementCounter("vestibule_token_refused_total", { reason: "bad_tag" });
    addToCounter("vestibule_token_refused_total", 2, { reason: "bad_tag" });
    incrementCounter("vestibule_token_refused_total", { reason: "unknown_client" });
    setGauge("vestibule_argon2_queue_depth", 3);
    setGauge("vestibule_argon2_queue_depth", 1);
    expect(await metricsSnapshot()).toEqual({
      vestibule_argon2_queue_depth: 1,
      vestibule_token_issued_total: 1,
      'vestibule_token_refused_total{reason="bad_tag"}': 3,
      'vestibule_token_refused_total{reason="unknown_client"}': 1,
    });
  });

  it("hand out a copy", async () => {
    incrementCounter("vestibule_token_issued_total");
    const before = await metricsSnapshot();
    incrementCounter("vestibule_token_issued_total");
    expect(before).toEqual({ vestibule_token_issued_total: 1 });
  });

  it("are written with their help, their type and their buckets", async () => {
    observe("vestibule_group_read_size", 3, { read: "client" });
    expect(await linesOf("vestibule_group_read_size")).toEqual([
      `# HELP vestibule_group_read_size ${METRICS.vestibule_group_read_size.help}`,
      "# TYPE vestibule_group_read_size histogram",
      ...[1, 2].map((size) => `vestibule_group_read_size_bucket{le="${size}",read="client"} 0`),
      ...[4, 8, 16, 32, 64, "+Inf"].map((size) => `vestibule_group_read_size_bucket{le="${size}",read="client"} 1`),
      'vestibule_group_read_size_sum{read="client"} 3',
      'vestibule_group_read_size_count{read="client"} 1',
    ]);
  });

  it("cannot be forged or broken by what stands in a label", async () => {
    incrementCounter("vestibule_housekeeping_failed_total", { task: 'a"} 1\nforged_total 1\\' });
    expect(await linesOf("vestibule_housekeeping_failed_total{")).toEqual([
      'vestibule_housekeeping_failed_total{task="a\\"} 1\\nforged_total 1\\\\"} 1',
    ]);
    expect(await linesOf("forged_total")).toEqual([]);
  });

  it("of several processes are added up, but for gauges that are the same, or worst, for all", async () => {
    incrementCounter("vestibule_token_issued_total");
    setGauge("vestibule_argon2_queue_depth", 2);
    setGauge("vestibule_staff_sessions", 5);
    setGauge("vestibule_ready", 1);
    expect(await linesOf("vestibule_token_issued_total ", 3)).toEqual(["vestibule_token_issued_total 3"]);
    expect(await linesOf("vestibule_argon2_queue_depth ", 3)).toEqual(["vestibule_argon2_queue_depth 6"]);
    expect(await linesOf("vestibule_staff_sessions ", 3)).toEqual(["vestibule_staff_sessions 5"]);
    expect(await linesOf("vestibule_ready ", 3)).toEqual(["vestibule_ready 1"]);
  });
});

describe("a gauge that is asked for", () => {
  const value = async () => {
    const [line = ""] = await linesOf("vestibule_staff_sessions ");
    return Number(line.split(" ")[1]);
  };

  it("is what is so when somebody looks, until nobody provides it any more", async () => {
    let sessions = 1;
    const stop = provideGauge("vestibule_staff_sessions", async () => [{ value: sessions }]);
    expect(await value()).toBe(1);
    sessions = 2;
    expect(await value()).toBe(2);
    stop();
    sessions = 3;
    expect(await value()).toBe(2);
  });

  it("is left out where it cannot be known, and hides no other", async () => {
    incrementCounter("vestibule_token_issued_total");
    let isKnown = true;
    const stop = provideGauge("vestibule_staff_sessions", () => {
      if (!isKnown) throw new Error("The database is away.");
      return [{ value: 7 }];
    });
    expect(await linesOf("vestibule_staff_sessions ")).toEqual(["vestibule_staff_sessions 7"]);
    isKnown = false;
    expect(await linesOf("vestibule_staff_sessions ")).toEqual([]);
    expect(await linesOf("vestibule_token_issued_total ")).toEqual(["vestibule_token_issued_total 1"]);
    stop();
  });

  it("is waited for no longer than a second", async () => {
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
    const stop = provideGauge("vestibule_staff_sessions", () => new Promise(() => {}));
    const lines = linesOf("vestibule_staff_sessions ");
    await vi.advanceTimersByTimeAsync(1_000);
    expect(await lines).toEqual([]);
    stop();
    vi.useRealTimers();
  });

  it("is not taken away by whoever provided it before", async () => {
    const stopFirst = provideGauge("vestibule_staff_sessions", () => [{ value: 1 }]);
    const stop = provideGauge("vestibule_staff_sessions", () => [{ value: 2 }]);
    stopFirst();
    expect(await value()).toBe(2);
    stop();
  });
});
