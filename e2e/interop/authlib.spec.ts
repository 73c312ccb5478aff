import { expect, test } from "@playwright/test";
import { client } from "../support/clients";
import { claimsOf } from "../support/oauth-requests";
import { foreignClient, readClientJson, skipIfMissing } from "../support/run-client";
import { baseUrl } from "../support/server";

const baseURL = baseUrl();

const { command: python, missing } = foreignClient("authlib");

/** Authlib refuses http unless told that this is a test. */
function runSession(baseUrl: string, credentials: { clientId: string; clientSecret: string }, method: string) {
  return readClientJson(python, ["e2e/interop/clients/authlib_session.py"], {
    AUTHLIB_INSECURE_TRANSPORT: "1",
    BASE_URL: baseUrl,
    CLIENT_ID: credentials.clientId,
    CLIENT_SECRET: credentials.clientSecret,
    AUTH_METHOD: method,
  });
}

for (const method of ["client_secret_basic", "client_secret_post"]) {
  test(`Authlib: ${method} gets a token, and the session makes and lists rooms with it`, async () => {
    skipIfMissing(missing);
    const answer = await runSession(baseURL, client("full"), method);
    expect(answer).toEqual({
      token: {
        access_token: expect.any(String),
        token_type: "Bearer",
        expires_in: 3600,
        scope: "rooms:create rooms:list",
      },
      created: { status: 201, id: expect.any(String) },
      listed: { status: 200, ids: expect.any(Array) },
    });
    const { token, created, listed } = answer as {
      token: { access_token: string };
      created: { id: string };
      listed: { ids: string[] };
    };
    expect(claimsOf(token.access_token)).toMatchObject({ client_id: client("full").clientId });
    expect(listed.ids).toContain(created.id);
  });

  test(`Authlib: ${method} with a wrong secret raises its OAuthError with our code`, async () => {
    skipIfMissing(missing);
    expect(await runSession(baseURL, { ...client("limited"), clientSecret: "wrong" }, method)).toEqual({
      error: "invalid_client",
      description: "Invalid credentials",
    });
  });
}
