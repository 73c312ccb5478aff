import { expect, test } from "@playwright/test";
import { client } from "../../support/clients";
import { freshAddress, type HttpAnswer, send } from "../../support/http-client";
import { expectOAuthHeaders } from "../../support/oauth-expectations";
import { type Credentials, claimsOf, tokenForm } from "../../support/oauth-requests";
import { administrator, baseUrl } from "../../support/server";

const baseURL = baseUrl();
const PATHS = ["/external-api/v1.0/application/token/", "/external-api/v1.0/application/token"] as const;
const [PATH] = PATHS;
const FORM = "application/x-www-form-urlencoded";
const ALICE = "alice@example.com";

function post(body: string, type = FORM, path: string = PATH): Promise<HttpAnswer> {
  return send(baseURL, { method: "POST", path, body, headers: { "Content-Type": type } });
}

const fieldsOf = ({ clientId, clientSecret }: Credentials, scope = ALICE): Record<string, string> => ({
  client_id: clientId,
  client_secret: clientSecret,
  grant_type: "client_credentials",
  scope,
});
const postJson = (fields: object) => post(JSON.stringify(fields), "application/json");
const ask = (credentials: Credentials, scope = ALICE, more: Record<string, string> = {}) =>
  post(tokenForm(credentials, scope, more));
const subjectOf = ({ json }: HttpAnswer) => claimsOf((json as { access_token: string }).access_token).sub;

/** Expects exactly this body, the headers that no cache misuses, and no challenge: the credentials are in the body. */
function expectRefusal(answer: HttpAnswer, status: number, body: object): void {
  expect({ status: answer.status, body: answer.json }).toEqual({ status, body });
  expectOAuthHeaders(answer);
  expect(answer.headers["www-authenticate"]).toBeUndefined();
}

test.describe("the token endpoint of La Suite Meet answers", () => {
  for (const path of PATHS) {
    test(`a form with exactly its members, without a redirect, at ${path}`, async () => {
      const answer = await post(tokenForm(client("limited"), ALICE), FORM, path);
      expect({ status: answer.status, body: answer.json }).toEqual({
        status: 200,
        body: {
          access_token: expect.any(String),
          token_type: "Bearer",
          expires_in: 3600,
          scope: "rooms:create rooms:list",
        },
      });
      expectOAuthHeaders(answer);
    });
  }

  test("a JSON body alike", async () => {
    const answer = await postJson(fieldsOf(client("limited")));
    expect(answer.status).toBe(200);
    expect(Object.keys(answer.json as object).sort()).toEqual(["access_token", "expires_in", "scope", "token_type"]);
  });

  test("an application without scopes without the member scope", async () => {
    const answer = await ask(client("unscoped"));
    expect(answer.status).toBe(200);
    expect(Object.keys(answer.json as object).sort()).toEqual(["access_token", "expires_in", "token_type"]);
  });

  test("with claims that its clients know", async () => {
    const answer = await ask(client("limited"));
    const claims = claimsOf((answer.json as { access_token: string }).access_token);
    expect(claims).toMatchObject({ client_id: client("limited").clientId, delegated: true, user_id: claims.sub });
    expect(claims.scope).toBe("rooms:create rooms:list");
    expect(JSON.stringify(claims)).not.toContain("alice");
  });

  test("a scope with white space around the address, and null in JSON for what is left out", async () => {
    expect((await ask(client("full"), ` ${ALICE}\n`)).status).toBe(200);
    expect((await postJson({ ...fieldsOf(client("full"), `\t${ALICE} `), audience: null })).status).toBe(200);
  });

  test("every character of a form-encoded secret", async () => {
    const { clientId, clientSecret } = client("full");
    const encoded = [...clientSecret].map((one) => `%${one.charCodeAt(0).toString(16).padStart(2, "0")}`).join("");
    const form = `grant_type=client_credentials&client_id=${clientId}&client_secret=${encoded}&scope=alice%40example.com`;
    expect((await post(form)).status).toBe(200);
  });

  test("the same person whatever the case of the address", async () => {
    const answers = [await ask(client("full"), "Bob@Example.COM"), await ask(client("full"), "bob@example.com")];
    expect(subjectOf(answers[1] as HttpAnswer)).toBe(subjectOf(answers[0] as HttpAnswer));
  });

  test("twenty first requests for one person with one person, never with 409", async () => {
    const email = `race-${process.pid}-${Date.now()}@example.com`;
    const answers = await Promise.all(Array.from({ length: 20 }, () => ask(client("full"), email)));
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
    expect(new Set(answers.map(subjectOf)).size).toBe(1);
  });

  test("for any domain where none is listed, and for the listed one whatever its case", async () => {
    expect((await ask(client("full"), "somebody@anywhere.example")).status).toBe(200);
    expect((await ask(client("limited"), "somebody@EXAMPLE.com")).status).toBe(200);
  });
});

test.describe("the token endpoint of La Suite Meet refuses", () => {
  for (const name of ["client_id", "client_secret", "grant_type", "scope"] as const) {
    for (const [how, change] of [
      ["missing", undefined],
      ["empty", ""],
    ] as const) {
      test(`a ${how} ${name} under its name, with 400`, async () => {
        const { [name]: _left, ...rest } = fieldsOf(client("full"));
        const fields = change === undefined ? rest : { ...rest, [name]: change };
        expectRefusal(await postJson(fields), 400, { [name]: ["This field is required."] });
      });
    }
  }

  for (const grant of ["password", "authorization_code", "Client_Credentials"]) {
    test(`the grant ${grant} under grant_type, with 400`, async () => {
      const answer = await postJson({ ...fieldsOf(client("full")), grant_type: grant });
      expectRefusal(answer, 400, { grant_type: ["This is not a valid choice."] });
    });
  }

  for (const [what, credentials] of [
    ["an unknown client", () => ({ ...client("full"), clientId: "unknown" })],
    ["a wrong secret", () => ({ ...client("full"), clientSecret: "wrong" })],
    ["the secret of another application", () => ({ ...client("full"), clientSecret: client("limited").clientSecret })],
    ["a wrong secret of an inactive application", () => ({ ...client("inactive"), clientSecret: "wrong" })],
  ] as const) {
    test(`${what} with 401 and one sentence`, async () => {
      expectRefusal(await ask(credentials()), 401, { detail: "Invalid credentials" });
    });
  }

  test("an inactive application that proves who it is, with 401 and the reason", async () => {
    expectRefusal(await ask(client("inactive")), 401, { detail: "Application is inactive" });
  });

  for (const scope of ["alice", "rooms:create", "alice@", "@example.com", "a@example.com b@example.com"]) {
    test(`the scope “${scope}” with 400, because it is no address`, async () => {
      expectRefusal(await ask(client("full"), scope), 400, { error: "Scope should be a valid email address." });
    });
  }

  for (const domain of ["other.example", "sub.example.com", "example.com.other.example", "notexample.com"]) {
    test(`a person at ${domain} with 403, because the application is limited to example.com`, async () => {
      const answer = await ask(client("limited"), `alice@${domain}`);
      expectRefusal(answer, 403, { error: "This application is not authorized for this email domain." });
    });
  }

  test("somebody who cannot be acted for with 404, as somebody who is not there", async () => {
    expectRefusal(await ask(client("full"), administrator().email), 404, { detail: "User not found." });
  });

  for (const type of ["text/plain", "application/xml", "multipart/form-data; boundary=x"]) {
    test(`a body of ${type} with 415`, async () => {
      const answer = await post(tokenForm(client("full"), ALICE), type);
      expectRefusal(answer, 415, { detail: "Unsupported media type in request." });
      expect(answer.text).not.toContain(type);
    });
  }

  test("credentials in the URL, and repeats none of them", async () => {
    const { clientId, clientSecret } = client("full");
    const query = new URLSearchParams({ client_id: clientId, client_secret: clientSecret });
    const answer = await post(tokenForm(client("full"), ALICE), FORM, `${PATH}?${query}`);
    expect([answer.status, Object.keys(answer.json as object)]).toEqual([400, ["detail"]]);
    expect(answer.text).not.toContain(clientSecret);
  });

  for (const method of ["GET", "PUT", "PATCH", "DELETE"]) {
    test(`${method} with 405 and the methods there are`, async () => {
      const answer = await send(baseURL, { method, path: PATH, from: freshAddress() });
      expect([answer.status, answer.headers.allow]).toEqual([405, "POST, OPTIONS"]);
      expect(answer.json).toEqual({ detail: "The method is not allowed here." });
    });
  }

  test("more than 16 KiB with 413", async () => {
    expect((await ask(client("full"), ALICE, { more: "x".repeat(17_000) })).status).toBe(413);
  });

  test("paths that do not exist below it, without a redirect", async () => {
    for (const path of [`${PATH}x/`, "/external-api/v1.0/", "/external-api/v2.0/rooms/"]) {
      const answer = await send(baseURL, { method: "POST", path, body: tokenForm(client("full"), ALICE) });
      expect([path, answer.status]).toEqual([path, 404]);
      expect(answer.headers.location).toBeUndefined();
    }
  });
});
