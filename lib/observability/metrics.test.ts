import { beforeEach, describe, expect, it } from "vitest";
import { incrementCounter, metricsSnapshot, resetMetrics, setGauge } from "./metrics";

beforeEach(resetMetrics);

describe("metrics", () => {
  it("count by name and label, and show only what has happened", () => {
    incrementCounter("token_issued_total");
    incrementCounter("token_refused_total", { reason: "bad_tag" });
    incrementCounter("token_refused_total", { reason: "bad_tag" });
    incrementCounter("token_refused_total", { reason: "unknown_client" });
    setGauge("argon2_queue_depth", 3);
    setGauge("argon2_queue_depth", 1);
    expect(metricsSnapshot()).toEqual({
      argon2_queue_depth: 1,
      token_issued_total: 1,
      'token_refused_total{reason="bad_tag"}': 2,
      'token_refused_total{reason="unknown_client"}': 1,
    });
  });

  it("hand out a copy", () => {
    incrementCounter("token_issued_total");
    const before = metricsSnapshot();
    incrementCounter("token_issued_total");
    expect(before).toEqual({ token_issued_total: 1 });
  });
});
