import { describe, expect, it } from "vitest";
import { isSameOrigin } from "./same-origin";

const PUBLIC_URL = "https://portal.example.org";
const judge = (headers: Record<string, string>, publicUrl = PUBLIC_URL) =>
  isSameOrigin(new Headers(headers), publicUrl);

describe("isSameOrigin", () => {
  it.each([
    ["the public origin", { origin: "https://portal.example.org", host: "portal.example.org" }],
    [
      "the public origin behind a proxy that renames the host",
      { origin: "https://portal.example.org", host: "10.0.0.1:3000" },
    ],
    ["the host the request was sent to", { origin: "https://intranet.example.org", host: "intranet.example.org" }],
    ["that host in capitals", { origin: "https://intranet.example.org", host: "Intranet.Example.org" }],
    ["no origin, yet the browser says same-origin", { "sec-fetch-site": "same-origin" }],
  ])("accepts %s", (_what, headers) => {
    expect(judge(headers)).toBe(true);
  });

  it("accepts another loopback name and port of the machine the portal runs on", () => {
    expect(judge({ origin: "http://127.0.0.1:3000", host: "127.0.0.1:3000" }, "http://localhost:3000")).toBe(true);
  });

  it.each([
    ["another site", { origin: "https://evil.example", host: "portal.example.org" }],
    [
      "another site that names ours elsewhere",
      { origin: "https://evil.example", referer: "https://portal.example.org/" },
    ],
    ["a host that begins like ours", { origin: "https://portal.example.org.evil.example" }],
    ["a host that ends like ours", { origin: "https://evilportal.example.org" }],
    ["a neighbouring host", { origin: "https://www.example.org", host: "portal.example.org" }],
    ["another port", { origin: "https://portal.example.org:8443", host: "portal.example.org" }],
    ["another scheme", { origin: "http://portal.example.org", host: "portal.example.org" }],
    ["the opaque origin of a sandboxed frame", { origin: "null", host: "portal.example.org" }],
    ["the opaque origin with a claim beside it", { origin: "null", "sec-fetch-site": "same-origin" }],
    ["another site with a claim beside it", { origin: "https://evil.example", "sec-fetch-site": "same-origin" }],
    ["an empty origin", { origin: "", "sec-fetch-site": "same-origin" }],
    ["nothing at all", {}],
    ["no origin from another site", { "sec-fetch-site": "cross-site" }],
    ["no origin from a neighbour", { "sec-fetch-site": "same-site" }],
    ["no origin, typed or bookmarked", { "sec-fetch-site": "none" }],
    ["a forwarded host instead of a host", { origin: "https://evil.example", "x-forwarded-host": "evil.example" }],
  ])("refuses %s", (_what, headers) => {
    expect(judge({ host: "portal.example.org", ...headers })).toBe(false);
  });
});
