import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { parseEnv } from "node:util";
import { describe, expect, it } from "vitest";
import { parseEnvironment } from "./parse-environment";
import { DEFAULTS } from "./variables";

const TEXT = readFileSync(resolve(".env.example"), "utf8");
const listed = [...TEXT.matchAll(/^# ([A-Z][A-Z_]*)=(.*)$/gm)].map(([, name = "", value = ""]) => [name, value]);

describe(".env.example", () => {
  it("lists every variable once, with the default that the product uses", () => {
    const expected = Object.entries(DEFAULTS).map(([name, value]) => [name, value ?? ""]);
    expect(listed.toSorted()).toEqual(expected.toSorted());
  });

  it("sets nothing when it is copied as it is", () => {
    expect(parseEnv(TEXT)).toEqual({});
  });

  it("gives the settings of an empty environment when every line is uncommented", async () => {
    expect(await parseEnvironment(Object.fromEntries(listed))).toEqual(await parseEnvironment({}));
  });

  it("explains every variable in the lines above it", () => {
    const paragraphs = TEXT.split("\n\n").filter((paragraph) => /^# [A-Z][A-Z_]*=/m.test(paragraph));
    const unexplained = paragraphs.filter((paragraph) => /^# [A-Z][A-Z_]*=/.test(paragraph));
    // These two stand under the heading of their section, which explains both.
    expect(unexplained).toEqual(["# ADMIN_EMAIL=\n# ADMIN_PASSWORD="]);
  });
});
