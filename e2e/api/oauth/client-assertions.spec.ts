import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { type Browser, expect, test } from "@playwright/test";
import * as oauth from "oauth4webapi";
import * as openid from "openid-client";
import { ApplicationFormPage } from "../../pages/application-form-page";
import { ClientAuthenticationPage } from "../../pages/client-authentication-page";
import { assertionForm, JWT_BEARER_GRANT, makeSigningKey, type SigningKey, signJwt } from "../../support/assertions";
import { client } from "../../support/clients";
import { freshAddress } from "../../support/http-client";
import { expectInvalidClient, expectOAuthError, expectProblem, expectToken } from "../../support/oauth-expectations";
import {
  basic,
  type Credentials,
  callApi,
  claimsOf,
  postForm,
  TOKEN_PATH,
  tokenForm,
} from "../../support/oauth-requests";
import { ADMINISTRATOR_STATE, baseUrl } from "../../support/server";

const baseURL = baseUrl();
const SCOPES = ["rooms:create", "rooms:list"];
const GRANTED = SCOPES.join(" ");
const PERSON = "alice@example.com";

let key: SigningKey;
let application: Credentials;
let authenticationUrl: string;

/**
 * Makes an application that may do everything there is, limited to one domain, with a key and tokens of ten minutes.
 */
test.beforeAll(async ({ browser }) => {
  key = await makeSigningKey("e2e-key");
  const page = await browser.newPage({ baseURL, storageState: ADMINISTRATOR_STATE });
  const form = new ApplicationFormPage(page);
  await form.open();
  await form.fill({ name: `Signing ${Date.now()}`, scopes: SCOPES, domains: ["example.com"] });
  application = await form.createAndReadCredentials();
  const authentication = new ClientAuthenticationPage(page);
  await authentication.openFromApplication();
  authenticationUrl = page.url();
  await authentication.choice(JWT_BEARER_GRANT).check();
  await authentication.choice("private_key_jwt").check();
  await authentication.tokenLifetime.fill("600");
  await authentication.saveAndWait();
  await authentication.addKey(key.publicJwk, key.kid);
  await page.close();
});

function signClientAssertion(claims: Record<string, unknown> = {}, header = {}, signer = key) {
  const { clientId } = application;
  return signJwt(signer, { iss: clientId, sub: clientId, aud: baseURL, ...claims }, header);
}

function signDelegation(claims: Record<string, unknown> = {}, signer = key) {
  return signJwt(signer, { iss: application.clientId, sub: PERSON, aud: baseURL, ...claims });
}

/** Redeems a delegation with the secret in the header. */
function redeem(assertion: string, more: Record<string, string> = {}, credentials = application) {
  const form = new URLSearchParams({ grant_type: JWT_BEARER_GRANT, assertion, ...more }).toString();
  return postForm(baseURL, form, { headers: { Authorization: basic(credentials) } });
}

test.describe("private_key_jwt", () => {
  // Conformance: J01, J08
  test("gives a token for a signature, of the life that staff chose", async () => {
    for (const header of [{}, { typ: "client-authentication+jwt" }]) {
      const answer = await postForm(baseURL, assertionForm(await signClientAssertion({}, header)));
      expect(answer.json).toEqual({
        access_token: expect.any(String),
        token_type: "Bearer",
        expires_in: 600,
        scope: GRANTED,
      });
      const token = (answer.json as { access_token: string }).access_token;
      const { iat, exp, client_id } = claimsOf(token);
      expect({ life: Number(exp) - Number(iat), client_id }).toEqual({ life: 600, client_id: application.clientId });
      expect((await callApi(baseURL, token)).status).toBe(200);
    }
  });

  const minute = 60;
  // One of each kind; the whole table is lib/oauth/token-endpoint.client-assertion.test.ts.
  const refused: Record<string, [claims: Record<string, unknown>, header?: Record<string, unknown>]> = {
    "another issuer": [{ iss: "somebody-else" }],
    "the type of an access token": [{}, { typ: "at+jwt" }],
  };
  for (const [what, [claims, header]] of Object.entries(refused)) {
    // Conformance: J01, J08
    test(`answers ${what} as any failed authentication`, async () => {
      const assertion = await signClientAssertion(claims, header);
      expectInvalidClient(await postForm(baseURL, assertionForm(assertion)), [assertion]);
    });
  }

  const wrongClaims: [string, string, (now: number) => Record<string, unknown>][] = [
    ["the token endpoint as audience", "aud", () => ({ aud: `${baseURL}${TOKEN_PATH}` })],
    ["an end that is past", "exp", (now) => ({ exp: now - minute, iat: now - 2 * minute })],
    ["an end in two hours", "exp", (now) => ({ exp: now + 120 * minute })],
  ];
  for (const [what, claim, claimsAt] of wrongClaims) {
    // Conformance: J02, J03, J04, J14
    test(`tells whoever signed ${what} that ${claim} is wrong, and nobody else`, async () => {
      const claims = claimsAt(Math.floor(Date.now() / 1000));
      const answer = await postForm(baseURL, assertionForm(await signClientAssertion(claims)));
      expectOAuthError(answer, 401, "invalid_client");
      expect((answer.json as { error_description: string }).error_description).toContain(`The ${claim} claim`);
      const stranger = await makeSigningKey(key.kid);
      expectInvalidClient(await postForm(baseURL, assertionForm(await signClientAssertion(claims, {}, stranger))));
    });
  }

  test("takes an assertion that lives for an hour, as stock libraries write it", async () => {
    const exp = Math.floor(Date.now() / 1000) + 60 * minute;
    expect((await postForm(baseURL, assertionForm(await signClientAssertion({ exp })))).status).toBe(200);
  });

  // Conformance: J05
  test("takes one of twenty uses at the same time", async () => {
    const form = assertionForm(await signClientAssertion());
    const answers = await Promise.all(
      Array.from({ length: 20 }, () => postForm(baseURL, form, { from: freshAddress() })),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([200, ...Array(19).fill(401)]);
    for (const answer of answers) if (answer.status === 401) expectOAuthError(answer, 401, "invalid_client");
  });

  // Conformance: J06
  test("refuses the signature of a key that is not registered", async () => {
    const stranger = await makeSigningKey(key.kid);
    expectInvalidClient(await postForm(baseURL, assertionForm(await signClientAssertion({}, {}, stranger))));
  });

  // Conformance: J07
  test("refuses another client_id in the body", async () => {
    const form = assertionForm(await signClientAssertion(), { client_id: client("full").clientId });
    expectInvalidClient(await postForm(baseURL, form));
  });

  // Conformance: J09
  test("never follows an address in the header", async () => {
    let visits = 0;
    const canary = createServer((_request, response) => {
      visits += 1;
      response.end("{}");
    });
    await new Promise<void>((resolve) => canary.listen(0, "127.0.0.1", resolve));
    const url = `http://127.0.0.1:${(canary.address() as AddressInfo).port}/`;
    for (const header of [{ jku: url }, { x5u: url }, { x5c: ["MIIB"] }, { jwk: JSON.parse(key.publicJwk) }]) {
      expectInvalidClient(await postForm(baseURL, assertionForm(await signClientAssertion({}, header))));
    }
    await new Promise((resolve) => canary.close(resolve));
    expect(visits).toBe(0);
  });

  // Conformance: N08
  test("refuses an assertion beside a secret", async () => {
    const form = assertionForm(await signClientAssertion());
    const headers = { Authorization: basic(application) };
    expectOAuthError(await postForm(baseURL, form, { headers }), 400, "invalid_request");
  });

  test("is refused for an application that may not use it", async () => {
    const { clientId } = client("full");
    const assertion = await signClientAssertion({ iss: clientId, sub: clientId });
    expectInvalidClient(await postForm(baseURL, assertionForm(assertion)));
  });

  test("works with oauth4webapi and openid-client as they come", async () => {
    const issuer = new URL(baseURL);
    const insecure = { [oauth.allowInsecureRequests]: true };
    const caller = { client_id: application.clientId };
    const signing = { key: key.privateKey, kid: key.kid };
    const server = await oauth
      .discoveryRequest(issuer, { algorithm: "oauth2", ...insecure })
      .then((answer) => oauth.processDiscoveryResponse(issuer, answer));
    const answer = await oauth.clientCredentialsGrantRequest(
      server,
      caller,
      oauth.PrivateKeyJwt(signing),
      { scope: PERSON },
      insecure,
    );
    expect((await oauth.processClientCredentialsResponse(server, caller, answer)).scope).toBe(GRANTED);

    const authentication = openid.PrivateKeyJwt(signing);
    const config = await openid.discovery(issuer, application.clientId, undefined, authentication, {
      algorithm: "oauth2",
      execute: [openid.allowInsecureRequests],
    });
    expect((await openid.clientCredentialsGrant(config, { scope: PERSON })).scope).toBe(GRANTED);
  });
});

test.describe("the JWT bearer grant", () => {
  // Conformance: J10, J12
  test("gives a token for the person in the assertion, addressed either way", async () => {
    for (const aud of [baseURL, `${baseURL}${TOKEN_PATH}`, [baseURL]]) {
      const answer = await redeem(await signDelegation({ aud }), { scope: "rooms:list" });
      expect(answer.json).toMatchObject({ token_type: "Bearer", expires_in: 600, scope: "rooms:list" });
      const { access_token: token } = answer.json as { access_token: string };
      expect((await callApi(baseURL, token)).status).toBe(200);
    }
  });

  test("goes with a client assertion too, each with an id of its own", async () => {
    const fields = { grant_type: JWT_BEARER_GRANT, scope: "" };
    const assertion = await signDelegation();
    const form = assertionForm(await signClientAssertion(), { ...fields, assertion });
    expect((await postForm(baseURL, form)).status).toBe(200);
    const jti = `shared-${Date.now()}`;
    const shared = assertionForm(await signClientAssertion({ jti }), {
      ...fields,
      assertion: await signDelegation({ jti }),
    });
    expectOAuthError(await postForm(baseURL, shared), 400, "invalid_grant");
  });

  // Conformance: J11, J13
  test("refuses what is not good, with invalid_grant", async () => {
    const now = Math.floor(Date.now() / 1000);
    const assertions = [
      "nonsense",
      await signDelegation({ aud: "https://other.example" }),
      await signDelegation({ aud: [baseURL, `${baseURL}${TOKEN_PATH}`] }),
      await signDelegation({ exp: now - 60, iat: now - 120 }),
      await signDelegation({ iss: client("full").clientId }),
      await signDelegation({ sub: "alice@elsewhere.example" }),
      await signDelegation({ sub: application.clientId }),
      await signDelegation({}, await makeSigningKey(key.kid)),
    ];
    for (const assertion of assertions) {
      expectOAuthError(await redeem(assertion), 400, "invalid_grant", [assertion]);
    }
  });

  test("is good for one token", async () => {
    const assertion = await signDelegation();
    expect((await redeem(assertion)).status).toBe(200);
    expectOAuthError(await redeem(assertion), 400, "invalid_grant");
  });

  test("takes no person from the scope", async () => {
    for (const scope of [PERSON, `${PERSON} rooms:list`, "bob@example.com"]) {
      expectOAuthError(await redeem(await signDelegation(), { scope }), 400, "invalid_scope");
    }
  });

  // Conformance: N41
  test("is refused for an application that is not registered for it", async () => {
    const full = client("full");
    const assertion = await signDelegation({ iss: full.clientId });
    expectOAuthError(await redeem(assertion, {}, full), 400, "unauthorized_client", [assertion]);
  });
});

test.describe("what staff change", () => {
  async function asStaff(browser: Browser, work: (authentication: ClientAuthenticationPage) => Promise<void>) {
    const page = await browser.newPage({ baseURL, storageState: ADMINISTRATOR_STATE });
    await page.goto(authenticationUrl);
    await work(new ClientAuthenticationPage(page));
    await page.close();
  }

  test("counts in the next request: a method that is taken away, a key that is ended", async ({ browser }) => {
    const spare = await makeSigningKey(`spare-${Date.now()}`);
    await asStaff(browser, (authentication) => authentication.addKey(spare.publicJwk, spare.kid));
    const answer = await postForm(baseURL, assertionForm(await signClientAssertion({}, {}, spare)));
    const { access_token: token } = answer.json as { access_token: string };
    expect((await callApi(baseURL, token)).status).toBe(200);

    await asStaff(browser, async (authentication) => {
      await authentication.revokeKey(spare.kid);
      await authentication.choice("client_secret_post").uncheck();
      await authentication.saveAndWait();
    });
    expectProblem(await callApi(baseURL, token), 401);
    expectInvalidClient(await postForm(baseURL, assertionForm(await signClientAssertion({}, {}, spare))));
    expectInvalidClient(await postForm(baseURL, tokenForm(application, PERSON)));
    const form = new URLSearchParams({ grant_type: "client_credentials", scope: PERSON }).toString();
    const headers = { Authorization: basic(application) };
    expect((await postForm(baseURL, form, { headers })).status).toBe(200);

    await asStaff(browser, async (authentication) => {
      await authentication.choice("client_secret_post").check();
      await authentication.saveAndWait();
    });
    expect((await postForm(baseURL, tokenForm(application, PERSON))).status).toBe(200);
  });

  test("an ordinary application keeps the life of the portal's default", async () => {
    const scope = "rooms:create rooms:list rooms:retrieve rooms:update rooms:delete";
    expectToken(await postForm(baseURL, tokenForm(client("full"), PERSON)), scope);
  });
});
