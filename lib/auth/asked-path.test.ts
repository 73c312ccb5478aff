import { describe, expect, it } from "vitest";
import { runWithRequestContext } from "@/lib/http/request-context";
import { askedPath } from "./asked-path";

const CONTEXT = { clientAddress: "192.0.2.7", requestId: "request-1" };

describe("askedPath", () => {
  it.each([
    ["/", "/"],
    ["/applications?q=a%2Fb&page=2", "/applications?q=a%2Fb&page=2"],
    ["/audit?_rsc=1a2b3", "/audit"],
    ["/audit?_rsc", "/audit"],
    ["/audit?request=r-1&_rsc=1a2b3", "/audit?request=r-1"],
    ["/audit?_rsc=1a2b3&request=r-1", "/audit?request=r-1"],
    ["/audit?my_rsc=1", "/audit?my_rsc=1"],
    ["//evil.example/audit", "/"],
    ["http://evil.example/audit", "/"],
    ["*", "/"],
    [undefined, "/"],
  ])("makes of the request target %s the page %s", (target, path) => {
    const context = target === undefined ? CONTEXT : { ...CONTEXT, target };
    expect(runWithRequestContext(context, askedPath)).toBe(path);
  });
});
