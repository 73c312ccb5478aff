import { describe, expect, it } from "vitest";
import { createTokenService, INTROSPECTION_URL, REVOCATION_URL } from "../testing/presented-token-doubles";
import { basic, CALENDAR, createTestServer, GOOD, TOKEN_URL, tokenRequest } from "../testing/token-endpoint-doubles";

const service = await createTokenService();
const token = await service.forge.sign();
const tokenServer = createTestServer();
const endpoints: [string, string, Record<string, string>, (request: Request) => Promise<Response>][] = [
  ["token", TOKEN_URL, GOOD, tokenServer.send],
  ["introspection", INTROSPECTION_URL, { token }, service.send.introspect],
  ["revocation", REVOCATION_URL, { token: "unknown" }, service.send.revoke],
];

// Conformance: N06, N21, N22, N52
describe.each(endpoints)("the %s endpoint, as other stacks write requests, accepts", (_name, url, fields, send) => {
  const form = new URLSearchParams(fields).toString();
  const json = JSON.stringify(fields);
  const statusOf = async (body: string, headers: Record<string, string>) =>
    (await send(tokenRequest(body, { url, headers }))).status;

  it.each([
    "application/x-www-form-urlencoded",
    'Application/X-WWW-Form-URLEncoded;Charset="utf-8"',
    "application/x-www-form-urlencoded;charset=UTF-8",
    "application/x-www-form-urlencoded ; charset=utf-8 ;",
    "application/x-www-form-urlencoded; charset=utf8",
    'application/x-www-form-urlencoded; x="a;charset=latin1"; charset=utf-8',
    'application/x-www-form-urlencoded; x="a\\";charset=latin1"',
    "application/x-www-form-urlencoded; boundary=x",
    "\tapplication/x-www-form-urlencoded ",
    "APPLICATION/X-WWW-FORM-URLENCODED",
  ])("a form as %j", async (type) => {
    expect(await statusOf(form, { "Content-Type": type })).toBe(200);
  });

  it.each([
    "application/json",
    "Application/JSON",
    "application/json;charset=utf-8",
    'application/json; Charset="UTF-8"',
    "application/json; odata.metadata=minimal; charset=utf-8",
    "application/json;",
  ])("JSON as %j", async (type) => {
    expect(await statusOf(json, { "Content-Type": type })).toBe(200);
  });

  it.each(["identity", "Identity", "", " identity ", "identity, identity"])("the content coding %j", async (coding) => {
    expect(await statusOf(form, { "Content-Encoding": coding })).toBe(200);
  });

  const [, credentials = ""] = basic("calendar", CALENDAR.secret).split(" ");
  it.each([
    `Basic ${credentials}`,
    `basic ${credentials}`,
    `BASIC ${credentials}`,
    `bAsIc   ${credentials}`,
    `  Basic ${credentials}  `,
  ])("the header %j", async (Authorization) => {
    expect(await statusOf(form, { Authorization })).toBe(200);
  });

  it.each([
    ["text/plain", 415],
    ["application/x-www-form-urlencoded; charset=latin1", 415],
    ['application/x-www-form-urlencoded; charset="utf-8"; charset=latin1', 415],
    ["application/json, application/json", 415],
    ['"application/json"', 415],
  ])("but not the media type %j", async (type, status) => {
    expect(await statusOf(form, { "Content-Type": type })).toBe(status);
  });
});
