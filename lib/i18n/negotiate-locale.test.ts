import { describe, expect, it } from "vitest";
import { negotiateLocale } from "./negotiate-locale";

describe("negotiateLocale", () => {
  it("keeps the language that was chosen, whatever the browser asks for", () => {
    expect(negotiateLocale("fr", "en-GB,en;q=0.9")).toBe("fr");
    expect(negotiateLocale("en", "fr")).toBe("en");
  });

  it.each([
    ["fr", "fr"],
    ["fr-CA,en;q=0.8", "fr"],
    ["de,fr;q=0.9,en;q=0.8", "fr"],
    ["en;q=0.5,fr;q=0.9", "fr"],
    ["FR", "fr"],
    ["fr;q=0.7,en;q=0.7", "fr"],
    ["en;q=0.7,fr;q=0.7", "en"],
  ])("understands %s", (header, locale) => {
    expect(negotiateLocale(undefined, header)).toBe(locale);
  });

  it.each([
    [null],
    [""],
    ["de,nl"],
    ["fr;q=0"],
    ["fr;q=2"],
    ["fr;q=nonsense"],
    ["fr;q=-1"],
    ["*"],
    [",,;;=,q=1"],
    ["frr,french"],
  ])("answers in English to %s", (header) => {
    expect(negotiateLocale(undefined, header)).toBe("en");
  });

  it.each(["de", "FR", "../fr", "", "fr\u0000"])("ignores a cookie that names no language of ours: %j", (cookie) => {
    expect(negotiateLocale(cookie, "fr")).toBe("fr");
    expect(negotiateLocale(cookie, null)).toBe("en");
  });

  it("reads no more than a bounded part of an endless header", () => {
    expect(negotiateLocale(undefined, `${"de,".repeat(100_000)}fr`)).toBe("en");
  });
});
