import { readFileSync } from "node:fs";
import { expect, test } from "@playwright/test";
import { CLIENTS, type ClientName, client } from "../support/clients";
import { resign } from "../support/forge";
import { freshAddress, send } from "../support/http-client";
import { expectOAuthError, expectProblem, expectToken } from "../support/oauth-expectations";
import { callApi, claimsOf, obtainToken, postForm, ROOMS_PATH, tokenForm } from "../support/oauth-requests";
import { administrator, baseUrl } from "../support/server";

const baseURL = baseUrl();
const ALICE = "alice@example.com";
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
const AUTHORIZATION_SERVER = "/.well-known/oauth-authorization-server";
const SIGN_IN = "/api/auth/callback/credentials";

test.describe("what RFC 9700 asks for", () => {
  // Conformance: S01
  test("does not serve the password grant, nor let it be seen whether the password was right", async () => {
    const password = { grant_type: "password", username: administrator().email, password: administrator().password };
    const right = await postForm(baseURL, tokenForm(client("full"), ALICE, password));
    const wrong = await postForm(baseURL, tokenForm(client("full"), ALICE, { ...password, password: "wrong" }));
    expectOAuthError(right, 400, "unsupported_grant_type", [password.password, password.username]);
    expect(wrong.text).toBe(right.text);
  });

  // Conformance: S02
  test("issues tokens for one audience, and refuses those of another installation", async () => {
    const token = await obtainToken(baseURL, client("full"), ALICE);
    expect(claimsOf(token)).toMatchObject({ iss: baseURL, aud: `${baseURL}${ROOMS_PATH}` });
    const elsewhere = "https://rooms.example.org";
    for (const claims of [{ iss: elsewhere }, { aud: `${elsewhere}${ROOMS_PATH}` }]) {
      expectProblem(await callApi(baseURL, await resign(token, { claims })), 401);
    }
  });

  // Conformance: N43
  test("hands out secrets of 256 random bits, of which none repeats", async () => {
    const secrets = (Object.keys(CLIENTS) as ClientName[]).map((name) => client(name).clientSecret);
    expect(secrets.length).toBeGreaterThanOrEqual(4);
    // A key id, then 43 characters out of 62: log2(62 ** 43) is 256.03.
    const random = secrets.map(
      (secret) => /^vst_[A-Za-z0-9]([A-Za-z0-9]{43})_[A-Za-z0-9]{22}$/.exec(secret)?.[1] ?? "",
    );
    for (const part of random) expect(part).toHaveLength(43);
    expect(new Set(random).size).toBe(secrets.length);
    expect(new Set(random.map((part) => part.slice(0, 8))).size).toBe(secrets.length);
  });

  // Conformance: S03, S06
  test("publishes its metadata, and offers keys in place of shared secrets there", async () => {
    const answer = await send(baseURL, { path: AUTHORIZATION_SERVER });
    expect(answer.status).toBe(200);
    const metadata = answer.json as Record<string, unknown>;
    expect(metadata.token_endpoint_auth_methods_supported).toContain("private_key_jwt");
    expect(metadata.token_endpoint_auth_signing_alg_values_supported).not.toContain("HS256");
    expect(metadata.issuer).toBe(baseURL);
  });

  // Conformance: S04
  test("issues bearer tokens and promises no binding, in metadata and in the documentation", async () => {
    const answer = await postForm(baseURL, tokenForm(client("limited"), ALICE), { headers: { DPoP: "a proof" } });
    const token = expectToken(answer, "rooms:create rooms:list");
    expect(claimsOf(token)).not.toHaveProperty("cnf");
    const metadata = (await send(baseURL, { path: AUTHORIZATION_SERVER })).json as object;
    expect(Object.keys(metadata).filter((name) => /dpop|tls/i.test(name))).toEqual([]);
    expect(readFileSync("docs/operations.md", "utf8")).toContain("bearer tokens");
  });

  // Conformance: P06, S05
  test("lets no client choose its id or whom a token names", async () => {
    const wished = { client_id_wish: "mine", sub: "intruder", user_id: "intruder", act: "intruder", iss: "intruder" };
    const claims = claimsOf(
      expectToken(await postForm(baseURL, tokenForm(client("limited"), ALICE, wished)), "rooms:create rooms:list"),
    );
    expect(JSON.stringify(claims)).not.toContain("intruder");
    expect(claims.sub).toMatch(UUID);
    // Generated here, and never of the form of a person's id.
    expect(claims.client_id).toBe(client("limited").clientId);
    expect(claims.client_id).not.toMatch(UUID);
  });

  // Conformance: S08
  test("believes no address that a client gives itself", async () => {
    const spoofed = ["X-Forwarded-For", "X-Real-IP", "Forwarded", "X-Client-IP", "True-Client-IP"];
    const from = freshAddress();
    // Twenty failures from one address are slowed down, whatever address each one claims to come from.
    const statuses: number[] = [];
    for (let attempt = 0; attempt < 21; attempt += 1) {
      const claimed = `198.51.100.${attempt}`;
      const headers = Object.fromEntries(
        spoofed.map((name) => [name, name === "Forwarded" ? `for=${claimed}` : claimed]),
      );
      const wrong = { clientId: "spoofing", clientSecret: "wrong" };
      statuses.push((await postForm(baseURL, tokenForm(wrong, ALICE), { from, headers })).status);
    }
    expect(statuses).toEqual([...Array(20).fill(401), 429]);
  });

  for (const path of ["/sign-in", "/applications", "/api/oauth/jwks", "/r/aaa-aaaa-aaa"]) {
    // Conformance: S09
    test(`lets no other site frame ${path}`, async () => {
      const { headers } = await send(baseURL, { path });
      expect(headers["content-security-policy"]).toContain("frame-ancestors 'none'");
      expect(headers["x-frame-options"]).toBe("DENY");
    });
  }

  // Conformance: S10
  test("answers a sign-in with a redirect that becomes a GET and repeats nothing", async ({ request }) => {
    const { csrfToken } = (await (await request.get("/api/auth/csrf")).json()) as { csrfToken: string };
    const { email, password } = administrator();
    const answer = await request.post(SIGN_IN, { form: { csrfToken, email, password }, maxRedirects: 0 });
    expect([302, 303]).toContain(answer.status());
    expect(answer.headers().location).not.toContain(encodeURIComponent(password));
    expect(answer.headers().location).not.toContain(encodeURIComponent(email));
  });

  for (const target of [
    "https://evil.example/",
    "//evil.example/",
    "/\\evil.example/",
    "/\t/evil.example/",
    "javascript:alert(1)",
    `${baseURL}@evil.example/`,
  ]) {
    // Conformance: S07
    test(`leads nobody to ${JSON.stringify(target)}, however it is asked`, async ({ request }) => {
      const { csrfToken } = (await (await request.get("/api/auth/csrf")).json()) as { csrfToken: string };
      const { email, password } = administrator();
      const form = { csrfToken, email, password, callbackUrl: target };
      const answers = [
        await request.post(SIGN_IN, { form, maxRedirects: 0 }),
        await request.get(`/sign-in?callbackUrl=${encodeURIComponent(target)}`, { maxRedirects: 0 }),
        await request.get(`/sign-in?to=${encodeURIComponent(target)}`, { maxRedirects: 0 }),
        await request.get(`/sign-in?next=${encodeURIComponent(target)}`, { maxRedirects: 0 }),
        await request.get(`/api/auth/signin?callbackUrl=${encodeURIComponent(target)}`, { maxRedirects: 0 }),
        await request.get(`/?returnTo=${encodeURIComponent(target)}`, { maxRedirects: 0 }),
      ];
      for (const answer of answers) {
        const { location } = answer.headers();
        if (location === undefined) continue;
        expect(new URL(location, baseURL).origin).toBe(baseURL);
      }
    });
  }
});
