import { describe, expect, it } from "vitest";
import { createAccessTokenVerifier } from "../access-token/access-token-verifier";
import {
  AUDIENCE,
  CALENDAR,
  CONTEXT,
  createTestServer,
  ISSUER,
  NOW,
  readAnswer,
  refusalAnswer,
  successAnswer,
  type TestApplication,
  testKeyRing,
  tokenRequest,
} from "../testing/token-endpoint-doubles";

const verify = createAccessTokenVerifier({ keyRing: testKeyRing, issuer: ISSUER, audience: AUDIENCE, now: () => NOW });

function withScope(scope: string | undefined) {
  return tokenRequest({ grant_type: "client_credentials", ...(scope === undefined ? {} : { scope }) });
}

function application(changes: Partial<TestApplication["client"]>): TestApplication {
  return { ...CALENDAR, client: { ...CALENDAR.client, ...changes } };
}

async function expectRefusal(scope: string | undefined, reason: string, description: string, app = CALENDAR) {
  const server = createTestServer({ applications: [app] });
  const answer = await readAnswer(await server.send(withScope(scope)));
  expect(answer).toEqual(refusalAnswer(400, "invalid_scope", description));
  expect(server.refused).toMatchObject([{ code: "invalid_scope", reason, clientId: "calendar", context: CONTEXT }]);
  expect(server.issued).toEqual([]);
}

describe("scopes that are granted", () => {
  // Conformance: N28, N31
  it.each([
    [
      "everything the application has, in canonical order, when none is asked for",
      "alice@example.com",
      "rooms:list rooms:create",
    ],
    ["only what is asked for", "alice@example.com rooms:list", "rooms:list"],
    ["the address anywhere in the list", "rooms:create alice@example.com", "rooms:create"],
    [
      "canonical order whatever the order asked",
      "rooms:create rooms:list alice@example.com",
      "rooms:list rooms:create",
    ],
    ["a repeated scope once", "rooms:list alice@example.com rooms:list", "rooms:list"],
    ["an address in capitals", "ALICE@EXAMPLE.COM rooms:list", "rooms:list"],
  ])("grants %s", async (_title, scope, granted) => {
    const server = createTestServer();
    const answer = await readAnswer(await server.send(withScope(scope)));
    expect(answer).toEqual(successAnswer(expect.any(String), granted));
    expect(JSON.stringify(answer.body)).not.toContain("@");
    expect(server.issued[0]?.scopes).toEqual(granted.split(" "));
  });

  // Conformance: N32
  it("gives an application without scopes a token with the empty scope", async () => {
    const server = createTestServer({ applications: [application({ scopes: [] })] });
    const response = await server.send(withScope("alice@example.com"));
    const body = await response.json();
    expect(body).toEqual({ access_token: expect.any(String), token_type: "Bearer", expires_in: 3600, scope: "" });
    expect((await verify(body.access_token)).scopes).toEqual([]);
  });

  it("leaves out a granted scope that no longer exists", async () => {
    const server = createTestServer({ applications: [application({ scopes: ["rooms:fly", "rooms:list"] })] });
    const answer = await readAnswer(await server.send(withScope("alice@example.com")));
    expect(answer).toEqual(successAnswer(expect.any(String), "rooms:list"));
  });

  it("puts the same scopes into the answer and into the token", async () => {
    const body = await (await createTestServer().send(withScope("alice@example.com rooms:create"))).json();
    expect((await verify(body.access_token)).scopes.join(" ")).toBe(body.scope);
  });

  it("asks for the person in lower case, however the address was written", async () => {
    const asked: unknown[] = [];
    const server = createTestServer({
      deps: {
        async resolveSubject(email) {
          asked.push(email);
          return { id: "0193575a-0000-7000-8000-00000000a11c" };
        },
      },
    });
    await server.send(withScope("Alice+Cal@Example.COM"));
    expect(asked).toEqual([{ address: "alice+cal@example.com", local: "alice+cal", domain: "example.com" }]);
  });
});

describe("scopes that are refused", () => {
  // Conformance: N25
  it.each([
    ["a quotation mark", 'alice@example.com "rooms:list"'],
    ["a backslash", "alice@example.com rooms\\list"],
    ["a TAB", "alice@example.com\trooms:list"],
    ["two spaces", "alice@example.com  rooms:list"],
    ["a leading space", " alice@example.com"],
    ["a trailing space", "alice@example.com "],
    ["a non-ASCII letter", "álice@example.com"],
    ["U+FF20 in place of the at sign", "alice\uFF20example.com"],
    ["a second at sign as U+FF20", "alice\uFF20evil.example@example.com"],
    ["0x7F", "alice@example.com\x7F"],
    ["a NUL", "alice@example.com\0"],
    ["a line break", "alice@example.com\nrooms:list"],
    ["a single space", " "],
  ])("refuses %s", async (_title, scope) => {
    await expectRefusal(scope, "scope_malformed", "The scope parameter is malformed.");
  });

  // Conformance: N26
  it.each([
    ["omitted", undefined],
    ["empty", ""],
  ])("refuses a scope that is %s", async (_title, scope) => {
    const description = "The requested_subject parameter is required, or a scope that holds one e-mail address.";
    await expectRefusal(scope, "scope_missing", description);
  });

  // Conformance: N27, N29
  it.each([
    ["the right scope in capitals", "alice@example.com ROOMS:LIST"],
    ["a scope that the application lacks", "alice@example.com rooms:delete"],
    ["a scope that does not exist", "alice@example.com rooms:fly"],
    ["an unescaped plus, which splits the address", "alice cal@example.com"],
    ["one granted and one not", "alice@example.com rooms:list rooms:delete"],
    ["the wildcard", "alice@example.com *"],
    ["openid", "openid alice@example.com"],
  ])("refuses %s", async (_title, scope) => {
    await expectRefusal(scope, "scope_not_granted", "A requested scope is not granted to the application.");
  });

  it("refuses a scope that exists but was granted under a name that no longer does", async () => {
    const app = application({ scopes: ["rooms:fly"] });
    const description = "A requested scope is not granted to the application.";
    await expectRefusal("alice@example.com rooms:fly", "scope_not_granted", description, app);
  });
});

describe("subjects that are refused", () => {
  // Conformance: N30
  it.each([
    ["two addresses", "alice@example.com bob@example.com"],
    ["the same address twice", "alice@example.com alice@example.com"],
  ])("refuses %s", async (_title, scope) => {
    await expectRefusal(scope, "subject_repeated", "The scope must hold exactly one e-mail address.");
  });

  // Conformance: N30
  it("refuses scopes without an address", async () => {
    const description = "The person to act for must be named, by requested_subject or in the scope.";
    await expectRefusal("rooms:list", "subject_missing", description);
  });

  it.each([
    ["no domain", "alice@"],
    ["no local part", "@example.com"],
    ["two at signs", "alice@evil.example@example.com"],
    ["one label", "alice@localhost"],
    ["a trailing dot", "alice@example.com."],
    ["an address list", "alice@evil.example,bob@example.com"],
    ["a name part", "<alice@example.com>"],
    ["an address literal", "alice@[192.0.2.1]"],
    ["an overlong address", `${"a".repeat(64)}@${"b".repeat(63)}.${"c".repeat(63)}.${"d".repeat(63)}.example`],
    ["5 000 characters", `${"a".repeat(5000)}@example.com`],
  ])("refuses an address with %s", async (_title, scope) => {
    await expectRefusal(scope, "subject_malformed", "The e-mail address in the scope is not valid.");
  });

  // Conformance: N47
  it.each([
    ["another domain", "alice@example.org", ["example.com"]],
    ["a subdomain", "alice@sub.example.com", ["example.com"]],
    ["a domain that ends alike", "alice@notexample.com", ["example.com"]],
    ["a parent domain", "alice@example.com", ["sub.example.com"]],
    ["a domain that is only listed with a dot", "alice@example.com", [".example.com"]],
    ["a wildcard entry", "alice@example.com", ["*"]],
    ["an empty entry", "alice@example.com", [""]],
  ] as const)("refuses %s", async (_title, scope, allowedDomains) => {
    const description = "The application may not act for this e-mail domain.";
    await expectRefusal(scope, "domain_not_allowed", description, application({ allowedDomains }));
  });

  it("reports which domain was refused, in lower case, and of any other refusal none", async () => {
    const applications = [application({ allowedDomains: ["example.org"] })];
    const server = createTestServer({ applications });
    await server.send(withScope("alice@EXAMPLE.com"));
    await server.send(withScope("staff@example.org"));
    await server.send(withScope("alice@example.com rooms:fly"));
    expect(server.refused.map(({ reason, refusedDomain }) => [reason, refusedDomain])).toEqual([
      ["domain_not_allowed", "example.com"],
      ["subject_is_staff", undefined],
      ["scope_not_granted", undefined],
    ]);
  });

  it("accepts a listed domain in any case", async () => {
    const applications = [application({ allowedDomains: ["example.org", "example.com"] })];
    expect((await createTestServer({ applications }).send(withScope("alice@EXAMPLE.com"))).status).toBe(200);
  });

  it("checks the domain before the person is looked for", async () => {
    const server = createTestServer({
      applications: [application({ allowedDomains: ["example.org"] })],
      deps: { resolveSubject: () => Promise.reject(new Error("must not be called")) },
    });
    expect((await server.send(withScope("alice@example.com"))).status).toBe(400);
  });

  it("answers a staff account and an unknown person with the same bytes", async () => {
    await expectRefusal("staff@example.com", "subject_is_staff", "This person cannot be acted for.");
    await expectRefusal("nobody@example.com", "subject_unknown", "This person cannot be acted for.");
  });

  it("keeps the log detail in the event and out of the answer", async () => {
    const server = createTestServer();
    const answer = JSON.stringify(await readAnswer(await server.send(withScope("staff@example.com"))));
    expect(server.refused[0]?.detail).toBe("staff accounts cannot be acted for");
    expect(answer).not.toContain("staff");
  });
});
