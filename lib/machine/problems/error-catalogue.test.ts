import { describe, expect, it } from "vitest";
import { ROOM_REASONS } from "@/lib/errors/app-reason";
import { HTTP_REASONS } from "@/lib/http/http-reason";
import { OAUTH_ERRORS } from "@/lib/oauth/oauth-error";
import { readSourceFiles } from "@/lib/testing/source-files";
import { ERROR_CATALOGUE } from "./error-catalogue";
import { problemType } from "./problem-type";

function readSources(...places: string[]): string {
  const isWanted = (path: string) => !/\.test\.ts$|\/(?:testing|fuzz)\/|oauth-reason|error-sentences/.test(path);
  return readSourceFiles((path) => isWanted(path) && places.some((place) => path.startsWith(place)))
    .map(({ text }) => text)
    .join("\n");
}

function matches(text: string, pattern: RegExp): string[] {
  return [...new Set([...text.matchAll(pattern)].map((match) => match[1] ?? ""))];
}

const codes: readonly string[] = ERROR_CATALOGUE.map(({ code }) => code);
const keys: readonly string[] = ERROR_CATALOGUE.flatMap((entry) => entry.sentences.map(({ key }) => key));

/** What a code says when nothing more is known. */
const GENERAL: readonly string[] = Object.values(OAUTH_ERRORS).map(({ description }) => description);

/** Where the OAuth endpoints refuse, without the lists themselves. */
const SOURCE = readSources("lib/oauth/", "lib/machine/limits/failure-limits.ts");

/** What only members of staff can be told, in the portal and in words of its own. */
const OF_THE_PORTAL = ["room_retention_over", "room_external_id_taken"];

describe("the error catalogue", () => {
  it("explains every code of the OAuth endpoints, with every status it may have", () => {
    const documented = Object.fromEntries(ERROR_CATALOGUE.map(({ code, statuses }) => [code, statuses]));
    for (const [code, { statuses }] of Object.entries(OAUTH_ERRORS)) expect(documented[code], code).toEqual(statuses);
  });

  it("explains every code that the external API can answer with", () => {
    expect(codes).toEqual(expect.arrayContaining(["unauthenticated", ...HTTP_REASONS, ...ROOM_REASONS]));
  });

  it("explains what every verb that the external API calls can refuse", () => {
    const refused = matches(readSources("lib/rooms/"), /new AppError\(\s*"\w+",\s*"(\w+)"/g);
    expect(refused.length).toBeGreaterThan(10);
    expect(refused.filter((code) => !codes.includes(code) && !OF_THE_PORTAL.includes(code))).toEqual([]);
  });

  it("has a sentence for every reason of a code that has several, and nobody writes one elsewhere", () => {
    const refusals =
      /OAuthError\("invalid_(?:request|scope)", \{ reason: "(\w+)"|(?:invalidScope|malformed|unsupported)\("(\w+)"/g;
    const reasons = [...SOURCE.matchAll(refusals)].map(([, thrown, made]) => thrown ?? made ?? "");
    expect(new Set(reasons).size).toBeGreaterThan(25);
    expect(reasons.filter((reason) => !keys.includes(reason))).toEqual([]);
    const written = matches(SOURCE, /\bdescription:\s*"([^"]+)"/g);
    expect(written.filter((text) => !GENERAL.includes(text))).toEqual([]);
  });

  it("lists no sentence that nothing says any more", () => {
    const unsaid = ERROR_CATALOGUE.flatMap((entry) => entry.sentences).filter(
      ({ key, text }) => !new RegExp(`"${key}"|\\.${key}\\b`).test(SOURCE) && !GENERAL.includes(text),
    );
    expect(unsaid).toEqual([]);
  });

  it("has each code, and each sentence of a code, once", () => {
    expect(codes).toEqual([...new Set(codes)]);
    for (const entry of ERROR_CATALOGUE) {
      expect(entry.sentences.map(({ key }) => key)).toEqual([...new Set(entry.sentences.map(({ key }) => key))]);
    }
  });
});

describe("the type of a problem", () => {
  const page = "https://portal.example/developers/errors";

  it("is where its code is explained", () => {
    expect(problemType("insufficient_scope", page)).toBe(`${page}#insufficient_scope`);
    expect(problemType("room_not_found", page)).toBe(`${page}#room_not_found`);
  });

  it.each(["server_error", "not_found", "method_not_allowed", "session_ended"] as const)(
    "is about:blank for %s, which says no more than the status",
    (code) => {
      expect(problemType(code, page)).toBe("about:blank");
    },
  );
});
