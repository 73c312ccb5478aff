import { describe, expect, it } from "vitest";
import { newSecretSchema, revocationSchema, toUtcMoment } from "./application-secret.schema";

describe("a moment in a form", () => {
  it.each([
    ["0001-01-01T00:00", "0001-01-01T00:00:00.000Z"],
    ["2028-02-29T12:30:59", "2028-02-29T12:30:00.000Z"],
    ["9999-12-31T23:59", "9999-12-31T23:59:00.000Z"],
  ])("is read in UTC: %s", (text, moment) => expect(toUtcMoment(text)?.toISOString()).toBe(moment));

  it.each([
    "0000-01-01T00:00",
    "10000-01-01T00:00",
    "+010000-01-01T00:00",
    "9999-12-31T24:00",
    "2026-02-30T00:00",
    "2026-11-24",
    "9999-12-31T23:59-05:00",
    "\u200b",
    "\u0000",
  ])("is refused as %j, wherever a form asks for one", (text) => {
    expect(toUtcMoment(text)).toBeUndefined();
    expect(newSecretSchema.safeParse({ label: "", expiresAt: text }).error?.issues[0]?.message).toBe("moment_invalid");
    const revocation = { revocation: "date", revocationAt: text, confirmation: "" };
    expect(revocationSchema.safeParse(revocation).error?.issues[0]?.message).toBe("moment_invalid");
  });
});
