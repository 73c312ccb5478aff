import fc from "fast-check";
import { describe, expect } from "vitest";
import { readBearerToken } from "../access-token/bearer";
import { readClientCredentials } from "../client/client-authentication";
import { collectParameters } from "../http/request-parameters";
import { headerText, mutationsOf, visible } from "../testing/arbitraries";
import { attempt, fuzz } from "../testing/fuzz";
import { asciiLower, naiveBasic } from "../testing/naive-encodings";
import { AUDIENCE, basic } from "../testing/token-endpoint-doubles";

const NO_PARAMETERS = collectParameters([]);
const REFUSED = { code: "invalid_client", status: 401, description: "Invalid credentials", reason: expect.any(String) };

/** One of the ways to write a character in a form: as it is, where that is allowed, or escaped in either case. */
function spell(text: string, choices: readonly number[]): string {
  return Array.from(text, (character, at) => {
    const escaped = `%${character.charCodeAt(0).toString(16).padStart(2, "0")}`;
    const isPlain = /[A-Za-z0-9._~!-]/.test(character);
    const choice = (choices[at % choices.length] ?? 0) % 3;
    if (character === " " && choice === 0) return "+";
    return isPlain && choice === 0 ? character : choice === 1 ? escaped.toUpperCase() : escaped;
  }).join("");
}

const credential = visible.filter((text) => text !== "");

describe("the Basic header, against a second implementation", () => {
  // Conformance: N03
  fuzz(
    "gives back every pair of credentials, however it was form-encoded and whatever the case of the scheme",
    fc.property(
      credential,
      credential,
      fc.array(fc.nat(2), { minLength: 1 }),
      fc.mixedCase(fc.constant("basic")),
      (clientId, clientSecret, choices, scheme) => {
        const encoded = btoa(`${spell(clientId, choices)}:${spell(clientSecret, choices)}`);
        const headers = new Headers({ Authorization: `${scheme} ${encoded}` });
        expect(attempt(() => readClientCredentials(headers, NO_PARAMETERS))).toEqual({
          value: { clientId, clientSecret, method: "client_secret_basic" },
        });
      },
    ),
  );

  const damaged = mutationsOf(
    basic("calendar", "m:ore+ of%it"),
    fc.constantFrom("A", "Q", "=", "==", " ", "+", "/", "-", ":", "\t", ",", "Basic ", "é", "6"),
  );
  const userPass = fc.string({
    unit: fc.constantFrom("a", "b", ":", "+", "%", "%41", "%4", "%c3", "%a9", "é", "\0", " "),
  });
  const arbitraryPair = userPass.map((text) => `Basic ${Buffer.from(text).toString("base64")}`);
  const octets = fc.uint8Array({ maxLength: 24 }).map((bytes) => `Basic ${Buffer.from(bytes).toString("base64")}`);

  // Conformance: N04, N05
  fuzz(
    "reads what RFC 7617 and RFC 6749 let it read, and calls all the rest a failed authentication",
    fc.property(
      fc.oneof(
        damaged,
        arbitraryPair,
        octets,
        headerText,
        headerText.map((text) => `Basic ${text}`),
      ),
      (sent) => {
        const headers = new Headers({ Authorization: sent });
        // The platform takes white space off both ends; the second implementation starts from what is left.
        const expected = naiveBasic(headers.get("authorization") ?? "");
        expect(attempt(() => readClientCredentials(headers, NO_PARAMETERS))).toEqual(
          expected === undefined ? { refused: REFUSED } : { value: { ...expected, method: "client_secret_basic" } },
        );
      },
    ),
    { runs: 4000 },
  );

  const optional = fc.option(fc.constantFrom("", "calendar", "other"), { nil: undefined });
  // Conformance: N07, N08, N09, N10, N11
  fuzz(
    "takes exactly one mechanism, and an empty parameter for none",
    fc.property(optional, optional, optional, optional, (header, clientId, clientSecret, assertion) => {
      const headers = new Headers(header ? { Authorization: basic(header, "secret") } : {});
      const sent = { client_id: clientId, client_secret: clientSecret, client_assertion: assertion };
      const entries = Object.entries(sent).flatMap(([name, value]) =>
        value === undefined ? [] : [[name, value] as const],
      );
      const outcome = attempt(() => readClientCredentials(headers, collectParameters(entries)));

      const mechanisms = [header, clientSecret, assertion].filter(
        (value) => value !== undefined && value !== "",
      ).length;
      if (mechanisms > 1 || (header && !assertion && clientId && clientId !== header)) {
        expect(outcome).toMatchObject({ refused: { code: "invalid_request", status: 400 } });
      } else if (header) {
        expect(outcome).toEqual({ value: { clientId: header, clientSecret: "secret", method: "client_secret_basic" } });
      } else if (clientId && clientSecret) {
        expect(outcome).toEqual({ value: { clientId, clientSecret, method: "client_secret_post" } });
      } else expect(outcome).toEqual({ refused: REFUSED });
    }),
  );
});

describe("the Bearer header, against a second implementation", () => {
  const units = fc.constantFrom("A", "~", "=", " ", "\t", ",", '"', "é", "Bearer ", "%", ".", "/");
  const sent = fc.oneof(
    mutationsOf("Bearer abc.DEF-_~+/==", units),
    headerText,
    headerText.map((text) => `bearer ${text}`),
  );
  const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~+/";

  /** RFC 6750 §2.1 with a loop: the token, `"malformed"`, or `"none"` for another scheme. */
  function naiveBearer(value: string): { token: string } | "malformed" | "none" {
    let at = 0;
    while (at < value.length && value.charAt(at).trim() !== "") at += 1;
    if (asciiLower(value.slice(0, at)) !== "bearer") return "none";
    while (value.charAt(at) === " ") at += 1;
    const token = value.slice(at);
    let end = token.length;
    while (end > 0 && token.charAt(end - 1) === "=") end -= 1;
    if (end === 0) return "malformed";
    for (let index = 0; index < end; index += 1) if (!alphabet.includes(token.charAt(index))) return "malformed";
    return { token };
  }

  // Conformance: B06
  fuzz(
    "is a token of RFC 6750, malformed, or somebody else's scheme",
    fc.property(sent, (text) => {
      const request = new Request(AUDIENCE, { headers: { Authorization: text } });
      const expected = naiveBearer(request.headers.get("authorization") ?? "");
      const outcome = attempt(() => readBearerToken(request));
      if (expected === "malformed") {
        expect(outcome).toMatchObject({
          refused: { code: "invalid_request", status: 400, reason: "bearer_malformed" },
        });
      } else expect(outcome).toEqual({ value: expected === "none" ? undefined : expected.token });
    }),
    { runs: 3000 },
  );
});
