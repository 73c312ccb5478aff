import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { createRateLimiter, rateLimitFields } from "./rate-limiter";

const POLICY = { name: "test", quota: 2, windowSeconds: 60 };

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

describe("a rate limiter", () => {
  it("lets the quota through and then says how long to wait", async () => {
    const limiter = createRateLimiter(POLICY);
    expect(await limiter.consume("a")).toEqual({ isAllowed: true, remaining: 1, resetSeconds: 60 });
    vi.advanceTimersByTime(20_000);
    expect(await limiter.consume("a")).toEqual({ isAllowed: true, remaining: 0, resetSeconds: 40 });
    expect(await limiter.consume("a")).toEqual({ isAllowed: false, remaining: 0, resetSeconds: 40 });
    vi.advanceTimersByTime(39_500);
    expect(await limiter.consume("a")).toEqual({ isAllowed: false, remaining: 0, resetSeconds: 1 });
  });

  it("begins again after the window, which waiting callers do not prolong", async () => {
    const limiter = createRateLimiter(POLICY);
    for (let index = 0; index < 5; index += 1) await limiter.consume("a");
    vi.advanceTimersByTime(60_001);
    expect(await limiter.consume("a")).toMatchObject({ isAllowed: true, remaining: 1 });
  });

  it("counts each key, and each limiter, on its own", async () => {
    const [limiter, other] = [createRateLimiter(POLICY), createRateLimiter(POLICY)];
    for (let index = 0; index < 3; index += 1) await limiter.consume("a");
    expect(await limiter.consume("b")).toMatchObject({ isAllowed: true, remaining: 1 });
    expect(await other.consume("a")).toMatchObject({ isAllowed: true, remaining: 1 });
  });

  // Conformance: Q01
  it("says in the fields of the draft what is left of which quota", () => {
    expect(rateLimitFields(POLICY, { remaining: 1, resetSeconds: 12 })).toEqual([
      ["RateLimit-Policy", '"test";q=2;w=60'],
      ["RateLimit", '"test";r=1;t=12'],
    ]);
  });
});
