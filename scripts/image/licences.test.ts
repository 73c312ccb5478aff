import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { isAllowedLicence } from "./licences.mjs";

/** Next's optional optimizer of images, which is switched off and never handed out: npm run package refuses it there. */
const NOT_HANDED_OUT = /^node_modules\/@img\/sharp-/;

const lock = JSON.parse(readFileSync("package-lock.json", "utf8")) as {
  packages: Record<string, { license?: string; dev?: boolean; devOptional?: boolean }>;
};

it("every package that production could load has a licence that asks for nothing but its text and a name", () => {
  const production = Object.entries(lock.packages).filter(
    ([path, { dev, devOptional }]) => path !== "" && !dev && !devOptional && !NOT_HANDED_OUT.test(path),
  );
  expect(production.length).toBeGreaterThan(100);
  expect(production.filter(([, { license }]) => !isAllowedLicence(license)).map(([path]) => path)).toEqual([]);
});

it.each(["MIT", "(MIT OR Apache-2.0)", "GPL-3.0-only OR MIT", "Apache-2.0 AND MIT"])("%s is allowed", (licence) => {
  expect(isAllowedLicence(licence)).toBe(true);
});

it.each([
  undefined,
  "",
  "UNLICENSED",
  "SEE LICENSE IN LICENSE.txt",
  "GPL-3.0-only",
  "LGPL-3.0-or-later",
  "Apache-2.0 AND LGPL-3.0-or-later",
  "MIT AND (GPL-2.0-only OR MIT)",
  "mit",
])("%s is not", (licence) => {
  expect(isAllowedLicence(licence)).toBe(false);
});
