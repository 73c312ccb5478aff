import { expect, test } from "@playwright/test";
import { client } from "../../support/clients";
import { freshAddress, type HttpAnswer } from "../../support/http-client";
import {
  expectChallengedClient,
  expectInvalidClient,
  expectOAuthError,
  expectToken,
} from "../../support/oauth-expectations";
import { basic, postForm, rawBasic, tokenForm } from "../../support/oauth-requests";
import { baseUrl } from "../../support/server";

const baseURL = baseUrl();

const SCOPE = "alice@example.com";
const GRANT = `grant_type=client_credentials&scope=${SCOPE}`;
const GRANTED = "rooms:create rooms:list";

const pass = () => client("limited");
/** A secret of the right shape that was never issued. */
const wrong = () => ({ ...pass(), clientSecret: `${pass().clientSecret.slice(0, -4)}0000` });

test.describe("client authentication over HTTP", () => {
  // Conformance: N01
  test("accepts HTTP Basic", async () => {
    expectToken(await postForm(baseURL, GRANT, { headers: { Authorization: basic(pass()) } }), GRANTED);
  });

  // Conformance: N02
  test("accepts credentials in the body", async () => {
    expectToken(await postForm(baseURL, tokenForm(pass(), SCOPE)), GRANTED);
  });

  // Conformance: N03
  test("decodes both halves of Basic after splitting them", async () => {
    const { clientId, clientSecret } = pass();
    const encoded = [...clientSecret].map((letter) => `%${letter.charCodeAt(0).toString(16).toUpperCase()}`).join("");
    const answer = await postForm(baseURL, GRANT, { headers: { Authorization: rawBasic(`${clientId}:${encoded}`) } });
    expectToken(answer, GRANTED);
  });

  // One of each kind; the whole table is lib/oauth/token-endpoint.client-authentication.test.ts.
  const malformed: [string, () => string][] = [
    ["an illegal percent escape", () => rawBasic(`${pass().clientId}:%zz`)],
    ["illegal base64", () => "Basic !!!!"],
  ];
  for (const [what, authorization] of malformed) {
    // Conformance: N04, N05
    test(`${what} in Basic is refused like any failed authentication`, async () => {
      expectChallengedClient(await postForm(baseURL, GRANT, { headers: { Authorization: authorization() } }));
    });
  }

  // Conformance: N06
  test("accepts the scheme in any case", async () => {
    const headers = { Authorization: basic(pass()).replace("Basic", "bAsIc") };
    expectToken(await postForm(baseURL, GRANT, { headers }), GRANTED);
  });

  const twoMechanisms: [string, () => string][] = [
    ["client_secret", () => `client_secret=${pass().clientSecret}`],
    ["client_assertion", () => "client_assertion=a.b.c&client_assertion_type=x"],
    ["another client_id", () => "client_id=somebody-else"],
  ];
  for (const [what, extra] of twoMechanisms) {
    // Conformance: N07, N08, N10
    test(`refuses Basic together with ${what} in the body`, async () => {
      const answer = await postForm(baseURL, `${GRANT}&${extra()}`, { headers: { Authorization: basic(pass()) } });
      expectOAuthError(answer, 400, "invalid_request", [pass().clientSecret, "somebody-else"]);
    });
  }

  // Conformance: N09
  test("accepts Basic with the same client_id in the body", async () => {
    const form = `${GRANT}&client_id=${pass().clientId}`;
    expectToken(await postForm(baseURL, form, { headers: { Authorization: basic(pass()) } }), GRANTED);
  });

  // Conformance: N11
  test("takes an empty client_secret for an absent one", async () => {
    const form = `${GRANT}&client_secret=`;
    expectToken(await postForm(baseURL, form, { headers: { Authorization: basic(pass()) } }), GRANTED);
  });

  // Conformance: N34
  test("refuses a client that names itself without a secret", async () => {
    expectInvalidClient(await postForm(baseURL, `${GRANT}&client_id=${pass().clientId}`));
  });

  // Conformance: N37, N38
  test("challenges a wrong secret in the header, and answers one in the body with the error alone", async () => {
    const byHeader = await postForm(baseURL, GRANT, { headers: { Authorization: basic(wrong()) } });
    const byBody = await postForm(baseURL, tokenForm(wrong(), SCOPE));
    expectChallengedClient(byHeader, [wrong().clientSecret]);
    expectInvalidClient(byBody, [wrong().clientSecret]);
  });

  // Conformance: N39
  test("answers unknown, wrong and inactive with the same bytes and headers", async () => {
    const from = freshAddress();
    const answers = [
      await postForm(baseURL, tokenForm({ ...pass(), clientId: "x".repeat(40) }, SCOPE), { from }),
      await postForm(baseURL, tokenForm(wrong(), SCOPE), { from }),
      await postForm(baseURL, tokenForm(client("inactive"), SCOPE), { from }),
      await postForm(baseURL, tokenForm({ ...pass(), clientSecret: "hunter2" }, SCOPE), { from }),
    ];
    expect(new Set(answers.map(visible)).size, answers.map(visible).join("\n")).toBe(1);
    for (const answer of answers) expectInvalidClient(answer);
  });

  // Conformance: N15
  test("slows failures down without locking the owner or anybody else out", async () => {
    const from = freshAddress();
    const failures: HttpAnswer[] = [];
    for (let attempt = 0; attempt < 30; attempt += 1)
      failures.push(await postForm(baseURL, tokenForm(wrong(), SCOPE), { from }));
    expectInvalidClient(failures[0] as HttpAnswer);
    const last = failures.at(-1) as HttpAnswer;
    expectOAuthError(last, 429, "temporarily_unavailable");
    expect(Number(last.headers["retry-after"])).toBeGreaterThan(0);
    expectToken(await postForm(baseURL, tokenForm(pass(), SCOPE)), GRANTED);
    expectToken(await postForm(baseURL, tokenForm(client("unscoped"), SCOPE), { from }), "");
    expectToken(await postForm(baseURL, tokenForm(pass(), SCOPE), { from }), GRANTED);
  });
});

/** What a client can compare: everything but the date and the request id. */
function visible({ status, headers, text }: HttpAnswer): string {
  const { date: _date, "x-request-id": _id, ...rest } = headers;
  return JSON.stringify({ status, rest: { ...rest, "content-security-policy": undefined }, text });
}
