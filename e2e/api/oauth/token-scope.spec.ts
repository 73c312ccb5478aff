import { expect, test } from "@playwright/test";
import { type ClientName, client } from "../../support/clients";
import { expectOAuthError, expectToken } from "../../support/oauth-expectations";
import { claimsOf, postForm, tokenForm } from "../../support/oauth-requests";
import { baseUrl } from "../../support/server";

const baseURL = baseUrl();

const ALICE = "alice@example.com";
const ask = (baseUrl: string, name: ClientName, scope: string) => postForm(baseUrl, tokenForm(client(name), scope));

test.describe("the scope parameter over HTTP", () => {
  // One of each kind; the whole table is lib/oauth/token-endpoint.scope.test.ts.
  const refused: [string, string][] = [
    ["a quotation mark", `${ALICE} "`],
    ["a letter outside ASCII", "alicé@example.com"],
    ["nothing", ""],
    ["a scope that the application lacks", `${ALICE} rooms:delete`],
    ["an unknown scope", `${ALICE} rooms:fly`],
    ["two people", `${ALICE} bob@example.com`],
    ["a person outside the allowed domains", "alice@example.org"],
    ["a scope of 5 000 characters", `${ALICE} ${"x".repeat(5_000)}`],
  ];
  for (const [what, scope] of refused) {
    // Conformance: N25, N26, N29, N30, N47
    test(`refuses ${what}`, async () => {
      expectOAuthError(await ask(baseURL, "limited", scope), 400, "invalid_scope", scope.length > 3 ? [scope] : []);
    });
  }

  // Conformance: N28
  test("narrows the token to what was asked for", async () => {
    const token = expectToken(await ask(baseURL, "limited", `${ALICE} rooms:list`), "rooms:list");
    expect(claimsOf(token).scope).toBe("rooms:list");
  });

  // Conformance: N31
  test("lists what was granted in one order, without the address", async () => {
    const token = expectToken(
      await ask(baseURL, "limited", `rooms:list ${ALICE} rooms:create rooms:list`),
      "rooms:create rooms:list",
    );
    expect(JSON.stringify(claimsOf(token))).not.toContain("@");
  });

  // Conformance: N32
  test("gives an application without scopes a token that opens nothing", async () => {
    const token = expectToken(await ask(baseURL, "unscoped", ALICE), "");
    expect(claimsOf(token).scope).toBe("");
  });

  test("finds one person however the address is written", async () => {
    const lower = expectToken(await ask(baseURL, "limited", ALICE), "rooms:create rooms:list");
    const mixed = expectToken(await ask(baseURL, "limited", "Alice@EXAMPLE.com"), "rooms:create rooms:list");
    expect(claimsOf(mixed).sub).toBe(claimsOf(lower).sub);
  });

  // Conformance: N49
  test("holds scopes alone when requested_subject names the person, and is granted as it was asked for", async () => {
    const more = { requested_subject: ALICE };
    const scoped = expectToken(
      await postForm(baseURL, tokenForm(client("limited"), "rooms:create", more)),
      "rooms:create",
    );
    const inScope = expectToken(await ask(baseURL, "limited", ALICE), "rooms:create rooms:list");
    expect(claimsOf(scoped).sub).toBe(claimsOf(inScope).sub);
    expectToken(await postForm(baseURL, tokenForm(client("limited"), "", more)), "rooms:create rooms:list");
    expectToken(await postForm(baseURL, tokenForm(client("limited"), ALICE, more)), "rooms:create rooms:list");
  });

  // Conformance: N50
  test("refuses a request that names two people", async () => {
    const more = { requested_subject: "bob@example.com" };
    const answer = await postForm(baseURL, tokenForm(client("limited"), ALICE, more));
    expectOAuthError(answer, 400, "invalid_request", [ALICE, more.requested_subject]);
  });

  test("says the same about a person who exists and one who does not", async () => {
    await ask(baseURL, "full", "known@example.org");
    const known = await ask(baseURL, "limited", "known@example.org");
    const unknown = await ask(baseURL, "limited", "nobody@example.org");
    expect(known.text).toBe(unknown.text);
  });
});
