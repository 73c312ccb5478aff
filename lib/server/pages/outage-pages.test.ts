import type { ServerResponse } from "node:http";
import { describe, expect, it } from "vitest";
import { HEAD, useWireServer } from "@/lib/testing/process/wire-server";
import type { ReadinessObstacle } from "../health/check-readiness";
import { createOutagePages } from "./outage-pages";

const { listen } = useWireServer();

type Found = ReadinessObstacle | undefined;

/** Answers as a renderer does whose page has failed: in pieces, and about itself. */
function writeFailure(response: ServerResponse): void {
  response.statusCode = 500;
  response.setHeader("ETag", '"failure"');
  response.write("a failure ");
  response.end(Buffer.from("of the page"));
}

/** What a browser gets while `find` says what is wrong. */
async function ask(
  find: () => Promise<Found>,
  { write = writeFailure, fields = [] }: { write?: (response: ServerResponse) => void; fields?: string[] } = {},
) {
  let asked = 0;
  const application = createOutagePages(async () => {
    asked += 1;
    return find();
  })(async (_request, response) => write(response));
  const { send } = await listen({ application });
  const answer = await send("GET /applications HTTP/1.1", ...HEAD, ...fields, "", "");
  return { ...answer, asked };
}

describe("a page that fails", () => {
  it.each(["database_away", "read_only", "not_permitted", "database_full"] as const)(
    "while the database is of no use (%s) is a 503 with a time to come back and the request id, in every language",
    async (obstacle) => {
      const { status, headers, body } = await ask(async () => obstacle);
      expect([status, headers.get("retry-after"), headers.get("cache-control")]).toEqual([503, "5", "no-store"]);
      expect([headers.get("content-type"), headers.get("etag")]).toEqual(["text/html; charset=utf-8", undefined]);
      const text = Buffer.from(body, "latin1").toString();
      expect(text).toContain("<h1>The portal cannot reach its data</h1>");
      expect(text).toContain("<h1>Le portail n’atteint pas ses données</h1>");
      expect(text).toContain(`<code>${headers.get("x-request-id")}</code>`);
      expect(text).not.toContain("failure");
    },
  );

  it("is a line of text for a script that asked, which reads a line better than a page", async () => {
    const { status, headers, body } = await ask(async () => "database_away", { fields: ["RSC: 1"] });
    expect([status, headers.get("content-type"), body]).toEqual([
      503,
      "text/plain",
      "The portal cannot reach its data now. Try again in a few seconds.\n",
    ]);
  });

  it.each([
    ["while nothing keeps the process from its work", async () => undefined],
    ["while the clock is off, which no page fails for", async () => "clock_off" as const],
    ["while not even that can be found out", () => Promise.reject(new Error("Nobody knows."))],
  ])("%s stays what it was, byte for byte", async (_when, find) => {
    const { status, headers, body } = await ask(find);
    expect([status, headers.get("etag"), headers.get("retry-after")]).toEqual([500, '"failure"', undefined]);
    expect(body).toContain("a failure ");
    expect(body).toContain("of the page");
  });

  it("with a head written at once is held back as well", async () => {
    const write = (response: ServerResponse) => {
      response.writeHead(500, { "Content-Type": "text/plain", "X-Kept": "yes" });
      response.end("failed");
    };
    const { status, headers, body } = await ask(async () => undefined, { write });
    expect([status, headers.get("content-type"), headers.get("x-kept"), body]).toEqual([
      500,
      "text/plain",
      "yes",
      expect.stringContaining("failed"),
    ]);
    expect((await ask(async () => "database_away", { write })).status).toBe(503);
  });
});

it("a page that succeeds passes as it is written, and nobody asks about the database", async () => {
  const write = (response: ServerResponse) => {
    response.flushHeaders();
    response.write("first, ");
    response.end("last");
  };
  const { status, body, asked } = await ask(async () => "database_away", { write });
  expect([status, asked]).toEqual([200, 0]);
  expect(body).toContain("first, ");
});
