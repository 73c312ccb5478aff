import { describe, expect, it } from "vitest";
import { GRANT_TYPES, JWT_BEARER_GRANT } from "../client/client-metadata";
import { createClientKey } from "../testing/forge-assertion";
import {
  CALENDAR,
  createTestServer,
  readAnswer,
  refusalAnswer,
  successAnswer,
  TOKEN_URL,
  tokenRequest,
} from "../testing/token-endpoint-doubles";

const ALICE = "alice@example.com";
const GRANT = { grant_type: "client_credentials" };
const differs = refusalAnswer(
  400,
  "invalid_request",
  "The requested_subject parameter names another person than the rest of the request.",
);
const malformed = refusalAnswer(
  400,
  "invalid_request",
  "The requested_subject parameter must hold one e-mail address.",
);

const asForm = (fields: Record<string, string>) => tokenRequest(fields);
const asJson = (fields: Record<string, string>) =>
  tokenRequest(JSON.stringify(fields), { headers: { "Content-Type": "application/json" } });

describe.each([
  ["form", asForm],
  ["JSON body", asJson],
])("requested_subject in a %s", (_media, toRequest) => {
  // Conformance: N49
  it.each([
    ["alone: everything that the application has", {}, "rooms:list rooms:create"],
    ["beside an empty scope", { scope: "" }, "rooms:list rooms:create"],
    ["beside a scope, which is granted word for word", { scope: "rooms:create" }, "rooms:create"],
    ["beside the same person in the scope", { scope: `rooms:list ${ALICE}` }, "rooms:list"],
    ["beside the same person in another case", { scope: "ALICE@Example.com" }, "rooms:list rooms:create"],
  ] as [string, Record<string, string>, string][])("names the person %s", async (_title, fields, granted) => {
    const asked: string[] = [];
    const server = createTestServer({
      deps: {
        async resolveSubject({ address }) {
          asked.push(address);
          return { id: "0193575a-0000-7000-8000-00000000a11c" };
        },
      },
    });
    const answer = await readAnswer(await server.send(toRequest({ ...GRANT, requested_subject: ALICE, ...fields })));
    expect(answer).toEqual(successAnswer(expect.any(String), granted));
    expect(asked).toEqual([ALICE]);
  });

  // Conformance: N50
  it.each([
    ["a different person in the scope", { scope: "bob@example.com" }, differs],
    ["a different person beside scopes", { scope: "rooms:list bob@example.com" }, differs],
    ["two addresses in the scope", { scope: `${ALICE} bob@example.com` }, null],
    ["an address in the scope that is none", { scope: "alice@" }, null],
    ["a malformed scope", { scope: "rooms:list  rooms:create" }, null],
    ["a scope that is not granted", { scope: "rooms:delete" }, null],
    ["no address", { requested_subject: "alice" }, malformed],
    ["a UUID", { requested_subject: "0193575a-0000-7000-8000-00000000a11c" }, malformed],
    ["two addresses", { requested_subject: `${ALICE} bob@example.com` }, malformed],
    ["white space around the address", { requested_subject: ` ${ALICE}` }, malformed],
  ] as [string, Record<string, string>, typeof differs | null][])("refuses %s", async (_title, fields, expected) => {
    const server = createTestServer();
    const answer = await readAnswer(await server.send(toRequest({ ...GRANT, requested_subject: ALICE, ...fields })));
    if (expected === null) expect(answer).toMatchObject({ status: 400, body: { error: "invalid_scope" } });
    else expect(answer).toEqual(expected);
    expect(server.issued).toEqual([]);
  });

  it.each(["", undefined])("leaves the scope to name the person when it is %j", async (text) => {
    const subject: Record<string, string> = text === undefined ? {} : { requested_subject: text };
    const answer = await readAnswer(await createTestServer().send(toRequest({ ...GRANT, ...subject, scope: ALICE })));
    expect(answer).toEqual(successAnswer(expect.any(String), "rooms:list rooms:create"));
  });
});

describe("requested_subject", () => {
  // Conformance: N18
  it("is refused when it is repeated, with the same value too", async () => {
    const form = `grant_type=client_credentials&requested_subject=${ALICE}&requested_subject=${ALICE}`;
    expect(await readAnswer(await createTestServer().send(tokenRequest(form)))).toEqual(
      refusalAnswer(400, "invalid_request", "A parameter is included more than once."),
    );
  });

  // Conformance: N14
  it("is refused in the URL", async () => {
    const url = `${TOKEN_URL}?requested_subject=${ALICE}`;
    expect(await readAnswer(await createTestServer().send(tokenRequest(GRANT, { url })))).toEqual(
      refusalAnswer(400, "invalid_request", "Parameters must be sent in the request body, never in the URL."),
    );
  });

  it("is judged by the rules of delegation like a person in the scope", async () => {
    const application = { ...CALENDAR, client: { ...CALENDAR.client, allowedDomains: ["example.org"] as const } };
    const request = tokenRequest({ ...GRANT, requested_subject: ALICE });
    expect(await readAnswer(await createTestServer({ applications: [application] }).send(request))).toEqual(
      refusalAnswer(400, "invalid_scope", "The application may not act for this e-mail domain."),
    );
  });

  it.each([
    ["the person whom a signed delegation names: accepted", ALICE, 200],
    ["somebody else than a signed delegation names: refused, and the assertion is not used up", "bob@example.com", 400],
  ] as const)("beside %s", async (_title, subject, status) => {
    const key = await createClientKey();
    const client = { ...CALENDAR.client, grantTypes: GRANT_TYPES };
    const server = createTestServer({ applications: [{ ...CALENDAR, client, keys: [key.clientKey] }] });
    const fields = { grant_type: JWT_BEARER_GRANT, assertion: await key.signGrantAssertion() };
    const answer = await readAnswer(await server.send(tokenRequest({ ...fields, requested_subject: subject })));
    expect(answer.status).toBe(status);
    if (status === 400) {
      expect(answer).toEqual(differs);
      expect((await server.send(tokenRequest(fields))).status).toBe(200);
    }
  });
});
