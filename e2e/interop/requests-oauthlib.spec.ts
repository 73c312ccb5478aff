import { expect, test } from "@playwright/test";
import { client } from "../support/clients";
import { foreignClient, readClientJson, skipIfMissing } from "../support/run-client";
import { baseUrl } from "../support/server";

const { command: python, missing } = foreignClient("requests-oauthlib");

/** Runs BackendApplicationClient with this `scope`; `more` goes into the body of its token request. */
function runSession(
  scope: string,
  {
    credentials = client("full"),
    more = {},
    environment = {},
  }: {
    credentials?: { clientId: string; clientSecret: string };
    more?: Record<string, string>;
    environment?: Record<string, string>;
  } = {},
) {
  return readClientJson(python, ["e2e/interop/clients/requests_oauthlib_session.py"], {
    OAUTHLIB_INSECURE_TRANSPORT: "1",
    BASE_URL: baseUrl(),
    CLIENT_ID: credentials.clientId,
    CLIENT_SECRET: credentials.clientSecret,
    SCOPE: scope,
    MORE: JSON.stringify(more),
    ...environment,
  });
}

test("requests-oauthlib: scopes as scopes and the person as requested_subject get a token that makes a room", async () => {
  skipIfMissing(missing);
  const more = { requested_subject: "ana@example.com" };
  expect(await runSession("rooms:create", { more })).toEqual({ scope: ["rooms:create"], created: 201 });
});

test("requests-oauthlib: the person in the scope works with the setting that its documentation has for it", async () => {
  skipIfMissing(missing);
  const environment = { OAUTHLIB_RELAX_TOKEN_SCOPE: "1" };
  const scope = "ana@example.com rooms:create";
  expect(await runSession(scope, { environment })).toEqual({ scope: ["rooms:create"], created: 201 });
});

test("requests-oauthlib: without that setting it says that the scope has changed, and means the address", async () => {
  skipIfMissing(missing);
  // It keeps scopes in a set, whose order differs from run to run.
  expect(await runSession("ana@example.com rooms:create")).toEqual({
    raised: expect.stringMatching(
      /^Scope has changed from "(?:ana@example\.com rooms:create|rooms:create ana@example\.com)" to "rooms:create"\.$/,
    ),
  });
});

test("requests-oauthlib: a wrong secret raises its error with our code", async () => {
  skipIfMissing(missing);
  const credentials = { ...client("unscoped"), clientSecret: "wrong" };
  expect(await runSession("rooms:create", { credentials })).toEqual({
    error: "invalid_client",
    description: "Invalid credentials",
  });
});
