import { afterEach, describe, expect, it } from "vitest";
import { setConfig } from "@/lib/env/config";
import { testConfig } from "@/lib/testing/test-config";
import { roomUrl, slugOfJoinLink } from "./join-link";

const SLUG = "abc-defg-hij";

afterEach(() => setConfig(undefined));

describe("a join link", () => {
  it.each([undefined, "https://meet.example", "https://meet.example/rooms"])("leads back to its slug (%s)", (base) => {
    setConfig(testConfig({ roomBaseUrl: base }));
    const link = roomUrl(SLUG);
    for (const text of [link, `${link}/`, `${link}?lang=fr`, `${link}#chat`, `http://localhost:3000/r/${SLUG}`]) {
      expect(slugOfJoinLink(text)).toBe(SLUG);
    }
  });

  it.each([
    "",
    SLUG,
    `/r/${SLUG}`,
    `http://localhost:3000/${SLUG}`,
    `http://localhost:3000/r/${SLUG}/more`,
    `http://localhost:3000/r/ABC-defg-hij`,
    `http://localhost:3001/r/${SLUG}`,
    `https://localhost:3000/r/${SLUG}`,
    `http://user@localhost:3000/r/${SLUG}`,
    `https://meet.example.evil/${SLUG}`,
    `https://meet.example@evil/${SLUG}`,
    `javascript:alert(1)//${SLUG}`,
    "undefined/abc-defg-hij",
  ])("is not %j", (text) => {
    setConfig(testConfig({ roomBaseUrl: "https://meet.example" }));
    expect(slugOfJoinLink(text)).toBeUndefined();
  });
});
