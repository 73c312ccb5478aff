import { describe, expect, it } from "vitest";
import {
  AUDIENCE,
  createTestServer,
  GOOD,
  readAnswer,
  refusalAnswer,
  successAnswer,
  tokenRequest,
} from "../testing/token-endpoint-doubles";

const form = new URLSearchParams(GOOD).toString();
const ok = successAnswer(expect.any(String), "rooms:list rooms:create");

function withResources(...resources: string[]) {
  return tokenRequest([form, ...resources.map((resource) => `resource=${encodeURIComponent(resource)}`)].join("&"));
}

describe("RFC 8707 resource", () => {
  it.each([
    ["absent", []],
    // Conformance: R01
    ["exactly the audience", [AUDIENCE]],
    ["the audience twice", [AUDIENCE, AUDIENCE]],
    ["empty, which counts as absent", [""]],
  ])("accepts a resource that is %s", async (_title, resources) => {
    expect(await readAnswer(await createTestServer().send(withResources(...resources)))).toEqual(ok);
  });

  // Conformance: R02, R03
  it.each([
    ["relative", ["/api/external/rooms"]],
    ["with a fragment", [`${AUDIENCE}#x`]],
    ["foreign", ["https://evil.example/api/external/rooms"]],
    ["with a trailing slash", [`${AUDIENCE}/`]],
    ["in another case", [AUDIENCE.toUpperCase()]],
    ["a path below", [`${AUDIENCE}/1`]],
    ["the origin alone", ["https://portal.example"]],
    ["ours and a foreign one", [AUDIENCE, "https://evil.example"]],
    ["a foreign one and ours", ["https://evil.example", AUDIENCE]],
  ])("refuses a resource that is %s", async (_title, resources) => {
    const server = createTestServer();
    expect(await readAnswer(await server.send(withResources(...resources)))).toEqual(
      refusalAnswer(400, "invalid_target", "The requested resource is not served here."),
    );
    expect(server.refused).toMatchObject([
      { code: "invalid_target", reason: "unknown_resource", clientId: "calendar" },
    ]);
    expect(server.issued).toEqual([]);
  });

  it("ignores audience, which belongs to another grant, however often it is sent", async () => {
    const request = tokenRequest(`${form}&audience=a&audience=b`);
    expect(await readAnswer(await createTestServer().send(request))).toEqual(ok);
  });
});
