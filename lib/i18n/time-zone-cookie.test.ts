import { describe, expect, it } from "vitest";
import { readTimeZone, writeTimeZone } from "./time-zone-cookie";

const UTC = { zone: "UTC", isChosen: false };

describe("the cookie of the time zone", () => {
  it.each([
    { zone: "Europe/Paris", isChosen: true },
    { zone: "Europe/Paris", isChosen: false },
    { zone: "UTC", isChosen: true },
  ])("says what was written: %j", (choice) => expect(readTimeZone(writeTimeZone(choice))).toEqual(choice));

  it.each([undefined, "", "browser:", "Nowhere/Land", "browser:Nowhere/Land", "browser:browser:UTC", "UTC; path=/"])(
    "that says nothing means UTC until the browser is asked: %j",
    (cookie) => expect(readTimeZone(cookie)).toEqual(UTC),
  );
});
