import { describe, expect, it } from "vitest";
import { toWebResponse } from "@/lib/oauth/http/endpoint-response";
import { KNOWN_PARAMETERS } from "@/lib/oauth/http/request-parameters";
import { createTokenService, INTROSPECTION_URL, REVOCATION_URL } from "@/lib/oauth/testing/presented-token-doubles";
import {
  BODY_CREDENTIALS,
  CONTEXT,
  createTestServer,
  GOOD,
  NO_HEADER,
  readAnswer,
  TOKEN_URL,
  tokenRequest,
} from "@/lib/oauth/testing/token-endpoint-doubles";
import { createCompatibleTokenEndpoint } from "./compatible-token-endpoint";

type Send = (request: Request) => Promise<Response>;

const { deps, send: sendToOurs } = createTestServer();
const compatible = createCompatibleTokenEndpoint(deps);
const sendToTheirs: Send = async (request) => toWebResponse(await compatible(request, CONTEXT));
const service = await createTokenService();

const JSON_BODY = { headers: { ...NO_HEADER.headers, "Content-Type": "application/json" } };

const GRANT = { ...GOOD, ...BODY_CREDENTIALS };
const PRESENTED = { token: await service.forge.sign(), ...BODY_CREDENTIALS };
const endpoints: [string, string, Record<string, string>, Send][] = [
  ["our token endpoint", TOKEN_URL, GRANT, sendToOurs],
  ["the token endpoint of La Suite Meet", TOKEN_URL, GRANT, sendToTheirs],
  ["the introspection endpoint", INTROSPECTION_URL, PRESENTED, service.send.introspect],
  ["the revocation endpoint", REVOCATION_URL, PRESENTED, service.send.revoke],
];

/** A whole answer, whichever token is in it. */
async function answerOf(response: Response) {
  const { body, ...rest } = await readAnswer(response);
  const isToken = typeof body === "object" && body !== null && "access_token" in body;
  return { ...rest, body: isToken ? { ...body, access_token: "a token" } : body };
}

// Conformance: N11, N12, N51
describe.each(endpoints)("at %s", (_name, url, fields, send) => {
  it.each(KNOWN_PARAMETERS)("%s is absent when it is empty, and when it is null in JSON", async (name) => {
    const { [name]: _left, ...others } = fields;
    const absent = await answerOf(await send(tokenRequest(others, { url, ...NO_HEADER })));
    const sent: [string | Record<string, string>, typeof NO_HEADER][] = [
      [{ ...others, [name]: "" }, NO_HEADER],
      [JSON.stringify({ ...others, [name]: "" }), JSON_BODY],
      [JSON.stringify({ ...others, [name]: null }), JSON_BODY],
      [JSON.stringify(others), JSON_BODY],
    ];
    for (const [body, options] of sent) {
      expect(await answerOf(await send(tokenRequest(body, { url, ...options })))).toEqual(absent);
    }
  });
});

describe("a scope with white space around it", () => {
  const spaces = [" alice@example.com", "alice@example.com ", "\talice@example.com\r\n", "\u00a0alice@example.com"];

  it.each(spaces)("is read without it at the path of La Suite Meet: %j", async (scope) => {
    const answer = await answerOf(await sendToTheirs(tokenRequest({ ...GRANT, scope }, NO_HEADER)));
    const token = { access_token: "a token", token_type: "Bearer", expires_in: 3600, scope: "rooms:list rooms:create" };
    expect(answer).toMatchObject({ status: 200, body: token });
    expect((await sendToTheirs(tokenRequest(JSON.stringify({ ...GRANT, scope }), JSON_BODY))).status).toBe(200);
  });

  it.each(spaces)("is taken literally at our own, as RFC 6749 §3.3 has it: %j", async (scope) => {
    expect((await sendToOurs(tokenRequest({ ...GRANT, scope }, NO_HEADER))).status).toBe(400);
  });

  it("is missing when there is nothing else", async () => {
    const answer = await answerOf(await sendToTheirs(tokenRequest({ ...GRANT, scope: " \t" }, NO_HEADER)));
    expect(answer).toMatchObject({ status: 400, body: { scope: ["This field is required."] } });
  });
});
