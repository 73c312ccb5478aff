import fc from "fast-check";
import { describe, expect } from "vitest";
import { createAccessTokenVerifier } from "../access-token/access-token-verifier";
import { accidents, anyText, headerText } from "../testing/arbitraries";
import { attemptAsync, fuzz } from "../testing/fuzz";
import { naiveAddress } from "../testing/naive-address";
import { naiveBasic, naiveForm } from "../testing/naive-encodings";
import { naiveJsonObject } from "../testing/naive-json";
import {
  ALICE_ID,
  AUDIENCE,
  BODY_CREDENTIALS,
  basic,
  CALENDAR,
  createTestServer,
  failedAuthenticationOf,
  GOOD,
  ISSUER,
  NOW,
  readAnswer,
  TOKEN_URL,
  testKeyRing,
} from "../testing/token-endpoint-doubles";

const MARKER = "never-to-be-echoed-7f3a";
const FORM = "application/x-www-form-urlencoded";
const verify = createAccessTokenVerifier({ keyRing: testKeyRing, issuer: ISSUER, audience: AUDIENCE, now: () => NOW });

type Sent = { authorization: string | undefined; contentType: string | undefined; body: string; query: string };

const value = fc.constantFrom(
  "client_credentials",
  "alice@example.com",
  "alice@example.com rooms:list",
  "bob@example.org rooms:delete",
  "rooms:list",
  CALENDAR.client.clientId,
  CALENDAR.secret,
  AUDIENCE,
  `${CALENDAR.secret}${MARKER}`,
  MARKER,
  `${MARKER}@example.com`,
  "staff@example.com",
  "",
);
const singleNames = ["grant_type", "scope", "client_id", "client_secret", "client_assertion"];
const names = [...singleNames, "resource", "__proto__", "x"];
const pairs = fc
  .tuple(
    fc.shuffledSubarray(Object.entries({ ...GOOD, ...BODY_CREDENTIALS }), { minLength: 2 }),
    fc.array(fc.tuple(fc.constantFrom(...names), value), { maxLength: 2 }),
  )
  .map(([sound, more]) => [...sound, ...more]);

const form = pairs.map((entries) => new URLSearchParams(entries).toString());
const json = pairs.map(
  (entries) => `{${entries.map(([name, text]) => `${JSON.stringify(name)}:${JSON.stringify(text)}`).join(",")}}`,
);
const units = fc.constantFrom(
  "&",
  "=",
  "%",
  "+",
  '"',
  ",",
  "{",
  "\\",
  "%00",
  "client_secret=",
  "scope=",
  "é",
  "a",
  MARKER,
);

/** A text with an accident, or without: half of the requests should get beyond the parser. */
function perhapsSpoilt(text: fc.Arbitrary<string>): fc.Arbitrary<string> {
  return fc.tuple(text, fc.option(accidents(units))).map(([sound, spoil]) => (spoil === null ? sound : spoil(sound)));
}

const sent: fc.Arbitrary<Sent> = fc
  .oneof(
    { weight: 4, arbitrary: fc.tuple(fc.constant<string | undefined>(FORM), perhapsSpoilt(form)) },
    { weight: 3, arbitrary: fc.tuple(fc.constant<string | undefined>("application/json"), perhapsSpoilt(json)) },
    {
      weight: 1,
      arbitrary: fc.tuple(
        fc.constantFrom(FORM, `${FORM}; charset=utf-8`, "application/json;", "text/plain", undefined),
        anyText,
      ),
    },
  )
  .chain(([contentType, body]) =>
    fc.record({
      contentType: fc.constant(contentType),
      body: fc.constant(body),
      authorization: fc.oneof(
        { weight: 3, arbitrary: fc.constant(undefined) },
        { weight: 2, arbitrary: fc.constant(basic(CALENDAR.client.clientId, CALENDAR.secret)) },
        {
          weight: 1,
          arbitrary: accidents(units.filter((unit) => unit !== "é")).map((spoil) =>
            spoil(basic("calendar", CALENDAR.secret)),
          ),
        },
        { weight: 1, arbitrary: headerText },
      ),
      query: fc.constantFrom("", "", "", "", "?x=1", "?scope=", `?client_secret=${MARKER}`),
    }),
  );

function toRequest({ authorization, contentType, body, query }: Sent): Request {
  const headers = new Headers();
  if (authorization !== undefined) headers.set("Authorization", authorization);
  if (contentType !== undefined) headers.set("Content-Type", contentType);
  return new Request(`${TOKEN_URL}${query}`, { method: "POST", headers, body: new TextEncoder().encode(body) });
}

/** What a second implementation reads in the request: the credentials and the scope that a token may be given for. */
function naiveRead({ authorization, contentType, body }: Sent) {
  const isJson = contentType?.startsWith("application/json");
  const entries = isJson ? Array.from(naiveJsonObject(body) ?? []) : (naiveForm(body.toWellFormed()) ?? []);
  const read = (name: string) => entries.find(([known, text]) => known === name && text !== "")?.[1];
  const trimmed = authorization === undefined ? "" : new Headers({ Authorization: authorization }).get("authorization");
  const inBody = { clientId: read("client_id"), clientSecret: read("client_secret") };
  const sentNames = entries.map(([name]) => name);
  const repeated = sentNames.filter((name, at) => singleNames.includes(name) && sentNames.indexOf(name) !== at);
  return {
    repeated,
    credentials: trimmed ? naiveBasic(trimmed) : inBody,
    scope: read("scope"),
    grantType: read("grant_type"),
  };
}

describe("the token endpoint, whatever it is sent", () => {
  // Conformance: N18, N37, N38, N39, N42
  fuzz(
    "answers every request with a token that was earned or with one refusal that repeats nothing",
    fc.asyncProperty(sent, async (request) => {
      const server = createTestServer();
      const failed = failedAuthenticationOf(toRequest(request));
      const outcome = await attemptAsync(() => server.send(toRequest(request)));
      if ("refused" in outcome) throw new Error("The endpoint answers, it does not throw.");
      const answer = await readAnswer(outcome.value);
      expect([200, 400, 401, 413, 415]).toContain(answer.status);
      expect(answer.headers).toMatchObject({ "cache-control": "no-store", "content-type": "application/json" });
      expect(JSON.stringify(answer)).not.toContain(MARKER);
      if (answer.status === 200) await expectEarned(request, answer.body);
      else if (answer.status === 401) expect(answer).toEqual(failed);
      else {
        const known = /^(?:invalid_request|unsupported_grant_type|invalid_scope|invalid_target)$/;
        const text = expect.stringMatching(/^[\x20\x21\x23-\x5B\x5D-\x7E]+$/);
        expect(answer.body).toEqual({ error: expect.stringMatching(known), error_description: text, detail: text });
      }
    }),
    { runs: 1500 },
  );

  fuzz(
    "reports each request once, as issued or as refused",
    fc.asyncProperty(sent, async (request) => {
      const server = createTestServer();
      const { status } = await server.send(toRequest(request));
      expect([server.issued.length, server.refused.length]).toEqual(status === 200 ? [1, 0] : [0, 1]);
    }),
    { runs: 500 },
  );
});

async function expectEarned(request: Sent, body: unknown): Promise<void> {
  const { repeated, credentials, scope, grantType } = naiveRead(request);
  expect(repeated).toEqual([]);
  expect(request.query).toMatch(/^(?:\?x=1)?$/);
  expect(grantType).toBe("client_credentials");
  expect(credentials).toEqual({ clientId: CALENDAR.client.clientId, clientSecret: CALENDAR.secret });
  const people = String(scope)
    .split(" ")
    .filter((token) => token.includes("@"));
  expect(people.map(naiveAddress)).toEqual([{ local: expect.any(String), domain: expect.any(String) }]);
  expect(body).toEqual({
    access_token: expect.any(String),
    token_type: "Bearer",
    expires_in: 3600,
    scope: expect.any(String),
  });
  const claims = await verify(String(Object(body).access_token));
  expect(claims).toMatchObject({ subjectId: ALICE_ID, clientId: CALENDAR.client.clientId });
  expect(CALENDAR.client.scopes).toEqual(expect.arrayContaining([...claims.scopes]));
}
