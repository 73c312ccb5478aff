import { describe, expect, it } from "vitest";
import { toOriginForm } from "./request-target";

const HOST = "rooms.example.org";

describe("a target in absolute form", () => {
  it.each([
    [`https://${HOST}/api/oauth/token`, "/api/oauth/token"],
    [`http://${HOST}/applications?q=a`, "/applications?q=a"],
    [`HTTPS://Rooms.Example.org/r/a`, "/r/a"],
    [`http://${HOST}`, "/"],
    [`http://${HOST}?q=a`, "/?q=a"],
    [`http://${HOST}//evil.example/`, "//evil.example/"],
  ])("of the host that was called is its path: %s", (target, path) => {
    expect(toOriginForm(target, HOST)).toBe(path);
  });

  it.each([
    ["another host", "http://evil.example/applications"],
    ["another port", `http://${HOST}:8443/`],
    ["a name in front of the host", `http://admin@${HOST}/`],
    ["another scheme", `ftp://${HOST}/`],
    ["no authority", "http:///applications"],
    ["a fragment", `http://${HOST}#x`],
    ["a backslash", `http://${HOST}\\@evil.example/`],
    ["the origin form", "/applications"],
    ["the asterisk form", "*"],
    ["nothing", ""],
  ])("stays as it is with %s", (_what, target) => {
    expect(toOriginForm(target, HOST)).toBe(target);
  });

  it("stays as it is without a Host field to compare with", () => {
    expect(toOriginForm(`http://${HOST}/`, undefined)).toBe(`http://${HOST}/`);
  });
});
