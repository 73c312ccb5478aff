import { describe, expect, it } from "vitest";
import { NOW, NOW_SECONDS } from "../testing/token-endpoint-doubles";
import { isIssuedUpTo, tokenCutoff } from "./token-cutoff";

describe("the cutoff of revoking all tokens that there are", () => {
  it.each([
    ["that was issued long before", NOW_SECONDS - 3600],
    ["of this very second", NOW_SECONDS],
    ["of an instance whose clock is five seconds ahead", NOW_SECONDS + 5],
  ])("takes a token %s", (_title, issuedAt) => {
    expect(isIssuedUpTo(tokenCutoff(NOW), issuedAt)).toBe(true);
  });

  it("takes a token of its own moment, to the millisecond", () => {
    const whole = new Date(NOW_SECONDS * 1000);
    expect(isIssuedUpTo(whole, NOW_SECONDS)).toBe(true);
    expect(isIssuedUpTo(new Date(whole.getTime() - 1), NOW_SECONDS)).toBe(false);
  });

  it("spares a token that is issued once those five seconds are over", () => {
    expect(isIssuedUpTo(tokenCutoff(NOW), NOW_SECONDS + 6)).toBe(false);
  });

  it("takes no token where there is none, not even the first of 1970", () => {
    expect(isIssuedUpTo(null, NOW_SECONDS)).toBe(false);
    expect(isIssuedUpTo(null, 0)).toBe(false);
  });
});
