import { describe, expect, it } from "vitest";
import {
  createApplicationSchema,
  DESCRIPTION_LENGTH_MAX,
  DOMAINS_MAX,
  NAME_LENGTH_MAX,
  OWNER_CONTACT_LENGTH_MAX,
} from "@/lib/applications/application.schema";
import { SCOPES } from "@/lib/applications/scopes";
import { PAGE_BODY_BYTES_MAX } from "@/lib/errors/body-too-large";
import { HEAD, UUID, useWireServer } from "@/lib/testing/process/wire-server";
import nextConfig from "../../next.config";

const { listen } = useWireServer();
const ACTION = [
  "POST /applications/new HTTP/1.1",
  ...HEAD,
  "Content-Type: text/plain;charset=UTF-8",
  `Next-Action: ${"0".repeat(42)}`,
];
const TOO_LARGE = "The body must not be larger than 65536 bytes.\n";

describe("the body of a server action", () => {
  it("reaches the application whole at 64 kB", async () => {
    const { send } = await listen();
    const { status, body } = await send(...ACTION, "Content-Length: 65536", "", "x".repeat(65_536));
    expect([status, JSON.parse(body).length]).toEqual([200, 65_536]);
  });

  it.each([
    ["declared", ["Content-Length: 65537", "", "x".repeat(65_537)]],
    ["65 kB", ["Content-Length: 66560", "", "x".repeat(66_560)]],
    ["only counted", ["Transfer-Encoding: chunked", "", `10001\r\n${"x".repeat(65_537)}\r\n0\r\n\r\n`]],
  ])("is refused above it with a text that Next's script hands on: %s", async (_how, rest) => {
    let calls = 0;
    const application = async () => {
      calls += 1;
    };
    const { send } = await listen({ application });
    const { status, headers, body } = await send(...ACTION, ...rest);
    expect([status, body, headers.get("content-type"), headers.get("cache-control")]).toEqual([
      413,
      TOO_LARGE,
      "text/plain",
      "no-store",
    ]);
    expect(headers.get("x-request-id")).toMatch(UUID);
    expect(calls).toBe(0);
  });

  it.each(["/", "/sign-in", "/api/auth/callback/credentials", "/api/auth/re-authenticate"])(
    "has the same limit as any other at a page: %s",
    async (path) => {
      const { send } = await listen();
      const { status, body } = await send(`POST ${path} HTTP/1.1`, ...HEAD, "Content-Length: 65537", "", "");
      expect([status, body]).toEqual([413, TOO_LARGE]);
    },
  );

  it("may be as large for Next as for the server in front of it", () => {
    expect(nextConfig.experimental?.serverActions?.bodySizeLimit).toBe(PAGE_BODY_BYTES_MAX);
  });

  it("has room for the largest application that the form takes, whatever its script", () => {
    const label = "d".repeat(63);
    const domains = Array.from({ length: DOMAINS_MAX }, (_, index) =>
      [`${index}`.padStart(61, "a"), label, label, label].join("."),
    );
    const largest = createApplicationSchema.parse({
      name: "漢".repeat(NAME_LENGTH_MAX),
      description: "漢".repeat(DESCRIPTION_LENGTH_MAX),
      ownerContact: "漢".repeat(OWNER_CONTACT_LENGTH_MAX),
      scopes: SCOPES,
      domainPolicy: "listed",
      domains,
    });
    expect(new Set(domains.map((domain) => domain.length))).toEqual(new Set([253]));
    expect(Buffer.byteLength(JSON.stringify([largest]))).toBeLessThan(PAGE_BODY_BYTES_MAX);
  });
});
