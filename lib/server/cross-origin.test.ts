import { describe, expect, it } from "vitest";
import { HEAD, useWireServer } from "@/lib/testing/process/wire-server";
import { ENDPOINTS } from "./request/endpoints";

const { listen } = useWireServer();

const DOCUMENTS = [
  "/.well-known/oauth-authorization-server",
  "/.well-known/oauth-protected-resource/api/external/rooms",
  "/api/oauth/jwks",
  "/api/openapi.json",
];
const OPEN = { "access-control-allow-origin": "*", "access-control-allow-headers": "*" };

/** Every kind of answer that an address gives, refusals of the entrance included. */
const REQUESTS: readonly (readonly [string, ...string[]])[] = [
  ["GET"],
  ["HEAD"],
  ["OPTIONS", "Access-Control-Request-Method: GET"],
  ["DELETE"],
  ["TRACE"],
  ["POST", "Content-Encoding: gzip"],
];

describe("a page of another origin", () => {
  const paths = [
    ...Object.keys(ENDPOINTS),
    "/.well-known/none",
    "/api/oauth/none",
    "/api/none",
    "/",
    "/r/abc-defg-hij",
  ];

  // Conformance: N48
  it.each(paths)("reads each answer of %s, or none", async (path) => {
    const expected = DOCUMENTS.includes(path) || path === "/.well-known/none" ? OPEN : {};
    const { send } = await listen();
    for (const [method, ...fields] of REQUESTS) {
      const target = path.replaceAll(/\[[^\]]+\]/g, "x");
      const lines = [`${method} ${target} HTTP/1.1`, ...HEAD, "Origin: https://elsewhere.example", ...fields, "", ""];
      const { headers } = await send(...lines);
      const cors = Object.fromEntries([...headers].filter(([name]) => name.startsWith("access-control-")));
      expect([method, cors]).toEqual([method, expected]);
    }
  });
});
