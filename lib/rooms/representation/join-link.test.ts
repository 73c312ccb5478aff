import { describe, expect, it } from "vitest";
import { testConfig } from "@/lib/testing/test-config";
import { roomUrl, slugOfJoinLink } from "./join-link";

const SLUG = "abc-defg-hij";

describe("a join link", () => {
  it.each([undefined, "https://meet.example", "https://meet.example/rooms"])("leads back to its slug (%s)", (base) => {
    const addresses = testConfig({ roomBaseUrl: base });
    const link = roomUrl(SLUG, addresses);
    const ours = [`http://localhost:3000/r/${SLUG}`, `http://localhost:3000/${SLUG}`];
    for (const text of [link, `${link}/`, `${link}?lang=fr`, `${link}#chat`, ...ours]) {
      expect(slugOfJoinLink(text, addresses)).toBe(SLUG);
    }
  });

  it.each([
    "",
    SLUG,
    `/r/${SLUG}`,
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
    expect(slugOfJoinLink(text, testConfig({ roomBaseUrl: "https://meet.example" }))).toBeUndefined();
  });
});
