import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { createRateLimiter, exhaustedRateLimitHeaders } from "./rate-limiter";

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
    expect(await limiter.consume("a")).toEqual({ isAllowed: true });
    expect(await limiter.consume("a")).toEqual({ isAllowed: true });
    expect(await limiter.consume("a")).toEqual({ isAllowed: false, retryAfterSeconds: 60 });
    vi.advanceTimersByTime(59_500);
    expect(await limiter.consume("a")).toEqual({ isAllowed: false, retryAfterSeconds: 1 });
  });

  it("begins again after the window, which waiting callers do not prolong", async () => {
    const limiter = createRateLimiter(POLICY);
    for (let index = 0; index < 5; index += 1) await limiter.consume("a");
    vi.advanceTimersByTime(60_001);
    expect(await limiter.consume("a")).toEqual({ isAllowed: true });
  });

  it("counts each key, and each limiter, on its own", async () => {
    const [limiter, other] = [createRateLimiter(POLICY), createRateLimiter(POLICY)];
    for (let index = 0; index < 3; index += 1) await limiter.consume("a");
    expect(await limiter.consume("b")).toEqual({ isAllowed: true });
    expect(await other.consume("a")).toEqual({ isAllowed: true });
  });

  it("describes an exhausted quota in the fields of the draft (Q01)", () => {
    expect(exhaustedRateLimitHeaders(POLICY, 12)).toEqual({
      "RateLimit-Policy": '"test";q=2;w=60',
      RateLimit: '"test";r=0;t=12',
    });
  });
});
