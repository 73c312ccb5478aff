import { generateKeyPairSync, type KeyObject } from "node:crypto";
import { expect, test } from "@playwright/test";
import { ApplicationFormPage } from "../pages/application-form-page";
import { ClientAuthenticationPage } from "../pages/client-authentication-page";
import { freshAdministratorState } from "../support/fresh-session";
import { foreignClient, readClientJson, skipIfMissing } from "../support/run-client";
import { baseUrl } from "../support/server";

const baseURL = baseUrl();
const TOKEN_ENDPOINT = `${baseURL}/api/oauth/token`;

const authlib = foreignClient("authlib");
const googleAuth = foreignClient("google-auth that does not pad JWTs");

const keys = {
  ec: generateKeyPairSync("ec", { namedCurve: "P-256" }),
  rsa: generateKeyPairSync("rsa", { modulusLength: 2048 }),
};
const pem = (key: KeyObject) => String(key.export({ type: "pkcs8", format: "pem" }));
const jwk = (key: KeyObject, alg: string) => JSON.stringify({ ...key.export({ format: "jwk" }), alg });

let clientId: string;

/** Makes an application that signs, with one key for each of the two libraries. */
test.beforeAll(async ({ browser, playwright }) => {
  const storageState = await freshAdministratorState(playwright);
  const page = await browser.newPage({ baseURL, storageState });
  const form = new ApplicationFormPage(page);
  await form.open();
  await form.fill({ name: `Signing abroad ${Date.now()}`, scopes: ["rooms:create"], domains: ["example.com"] });
  ({ clientId } = await form.createAndReadCredentials());
  const authentication = new ClientAuthenticationPage(page);
  await authentication.openFromApplication();
  await authentication.choice("private_key_jwt").check();
  await authentication.saveAndWait();
  await authentication.addKey(jwk(keys.ec.publicKey, "ES256"), "of-authlib");
  await authentication.addKey(jwk(keys.rsa.publicKey, "RS256"), "of-google-auth");
  await page.close();
});

/** Its PrivateKeyJWT: an assertion of one hour, with an id, without a `kid`, about the audience if one is configured. */
function runAuthlib(audience: Record<string, string>, key = keys.ec.privateKey) {
  return readClientJson(authlib.command, ["e2e/interop/clients/authlib_assertion.py"], {
    AUTHLIB_INSECURE_TRANSPORT: "1",
    BASE_URL: baseURL,
    CLIENT_ID: clientId,
    PRIVATE_KEY: pem(key),
    ...audience,
  });
}

function runGoogleAuth(audience: string) {
  return readClientJson(googleAuth.command, ["e2e/interop/clients/google_auth_assertion.py"], {
    BASE_URL: baseURL,
    CLIENT_ID: clientId,
    PRIVATE_KEY: pem(keys.rsa.privateKey),
    KEY_ID: "of-google-auth",
    AUDIENCE: audience,
  });
}

const ROOM_MADE = { scope: "rooms:create", created: 201 };

/** The refusal of one who has proved to hold the key names the claim. */
const AUDIENCE_NAMED = { error: "invalid_client", description: expect.stringMatching(/\baud\b.*\bissuer\b/) };

test("Authlib: private_key_jwt about the issuer gets a token that makes a room, with its own end in an hour", async () => {
  skipIfMissing(authlib.missing);
  expect(await runAuthlib({ AUDIENCE: baseURL })).toEqual(ROOM_MADE);
});

test("Authlib: private_key_jwt as it stands, about the token endpoint, is refused in a sentence that names aud", async () => {
  skipIfMissing(authlib.missing);
  expect(await runAuthlib({})).toEqual(AUDIENCE_NAMED);
});

test("Authlib: private_key_jwt of another key is told nothing about its claims", async () => {
  skipIfMissing(authlib.missing);
  const stranger = generateKeyPairSync("ec", { namedCurve: "P-256" }).privateKey;
  expect(await runAuthlib({}, stranger)).toEqual({ error: "invalid_client", description: "Invalid credentials" });
});

test("google-auth: a JWT that it signs with RS256 for an hour gets a token that makes a room", async () => {
  skipIfMissing(googleAuth.missing);
  expect(await runGoogleAuth(baseURL)).toEqual(ROOM_MADE);
});

test("google-auth: a JWT about the token endpoint is refused in a sentence that names aud", async () => {
  skipIfMissing(googleAuth.missing);
  expect(await runGoogleAuth(TOKEN_ENDPOINT)).toEqual(AUDIENCE_NAMED);
});
