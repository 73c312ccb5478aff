import { expect, test } from "@playwright/test";
import type { JWTPayload } from "jose";
import { client } from "../../support/clients";
import { resign } from "../../support/forge";
import type { HttpAnswer } from "../../support/http-client";
import { expectProblem } from "../../support/oauth-expectations";
import { callApi, claimsOf, obtainToken } from "../../support/oauth-requests";
import { baseUrl } from "../../support/server";

const baseURL = baseUrl();
const ALICE = "alice@example.com";

const without = (name: string) => ({ [name]: undefined });
const now = () => Math.floor(Date.now() / 1000);
const listRooms = (token: string): Promise<HttpAnswer> => callApi(baseURL, token);

test.describe("tokens signed with the right key", () => {
  // Conformance: P04
  test("are accepted with the type spelt out", async () => {
    const token = await obtainToken(baseURL, client("full"), ALICE);
    expect((await listRooms(await resign(token, { header: { typ: "application/at+jwt" } }))).status).toBe(200);
  });

  // One of each kind; the whole table is lib/oauth/access-token-verifier.{header,claims}.test.ts.
  const refused: [string, { header?: Record<string, unknown>; claims?: JWTPayload | (() => JWTPayload) }][] = [
    ["the type JWT", { header: { typ: "JWT" } }],
    ["an issuer with a slash more", { claims: { iss: `${baseURL}/` } }],
    ["the audience of another server", { claims: { aud: "https://other.example/api/external/rooms" } }],
    ["a kid that is a path", { header: { kid: "../../etc/passwd" } }],
    ["a key address in the header", { header: { jku: "http://127.0.0.1:1/jwks" } }],
    ["no end", { claims: without("exp") }],
    ["an end in the past", { claims: () => ({ exp: now() - 60, iat: now() - 120, nbf: now() - 120 }) }],
    ["a life longer than an hour", { claims: () => ({ exp: now() + 86_400 }) }],
    ["a client that does not exist", { claims: { client_id: "x".repeat(40), act: { sub: "x".repeat(40) } } }],
    ["a subject that is another person than user_id", { claims: { sub: "00000000-0000-4000-8000-000000000000" } }],
    ["another credential version", { claims: { cv: 1 } }],
  ];
  for (const [what, { header, claims }] of refused) {
    // Conformance: B11, P04, P05, W05, W06, W07, W11, W12
    test(`${what} is refused`, async () => {
      const token = await obtainToken(baseURL, client("full"), ALICE);
      const forged = await resign(token, {
        ...(header === undefined ? {} : { header }),
        ...(claims === undefined ? {} : { claims: typeof claims === "function" ? claims() : claims }),
      });
      const answer = await listRooms(forged);
      expectProblem(answer, 401);
      expect(answer.headers["www-authenticate"]).toContain('error="invalid_token"');
      expect(answer.json).toMatchObject({ detail: "The access token is invalid, expired or revoked." });
    });
  }

  test("do not widen what the application may do", async () => {
    const token = await obtainToken(baseURL, client("limited"), ALICE);
    const wider = await resign(token, { claims: { scope: "rooms:create rooms:list rooms:delete rooms:retrieve" } });
    expectProblem(await callApi(baseURL, wider, { path: `/api/external/rooms/${claimsOf(token).sub}` }), 403);
  });
});
