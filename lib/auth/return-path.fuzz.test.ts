import fc from "fast-check";
import { describe, expect } from "vitest";
import { anyText, mutationsOf } from "@/lib/oauth/testing/arbitraries";
import { attempt, fuzz } from "@/lib/oauth/testing/fuzz";
import { toReturnPath } from "./return-path";

const PORTAL = "https://portal.example.org";
const units = fc.constantFrom(
  "/",
  "\\",
  ".",
  "..",
  ":",
  "@",
  "?",
  "#",
  "%2f",
  "%5C",
  "%2e",
  "%09",
  "\t",
  "\n",
  "\r",
  "\0",
  " ",
  "evil.example",
  "https:",
  "javascript:",
  "\u2028",
  "\uff0f",
);
const address = fc.oneof(
  fc.webUrl(),
  mutationsOf("/applications?q=a%2Fb", units),
  fc.string({ unit: units, maxLength: 12 }),
  anyText,
);

describe("where to go after signing in", () => {
  fuzz(
    "is a path of this portal, which browsers read as such, whatever an address asks for",
    fc.property(address, (asked) => {
      const outcome = attempt(() => toReturnPath(asked));
      const path = "value" in outcome ? outcome.value : "";
      expect(path).toMatch(/^\/(?![/\\])[\x21-\x7e]*$/);
      const { origin, pathname, search } = new URL(path, PORTAL);
      expect(origin).toBe(PORTAL);
      expect(pathname + search).toBe(path);
      expect(pathname).not.toContain("\\");
      expect(pathname).not.toMatch(/^\/(?:sign-in\/*$|api\/)/);
      // What was returned once is returned again: it may go through several hands.
      expect(toReturnPath(path)).toBe(path);
    }),
  );
});
