import { describe, expect, it } from "vitest";
import { isOAuthError } from "../oauth-error";
import {
  createTestServer,
  readAnswer,
  refusalAnswer,
  TOKEN_URL,
  tokenRequest,
} from "../testing/token-endpoint-doubles";
import { BODY_BYTES_MAX, readBodyEntries } from "./request-body";

const tooLarge = refusalAnswer(413, "invalid_request", "The request body is too large.");

function streamRequest(body: ReadableStream<Uint8Array>, headers: Record<string, string> = {}) {
  const init: RequestInit & { duplex: "half" } = {
    method: "POST",
    headers: { "Content-Type": "application/x-www-form-urlencoded", ...headers },
    body,
    duplex: "half",
  };
  return new Request(TOKEN_URL, init);
}

/** A sender that never ends, and counts how much of it was taken. */
function endless(chunkBytes: number) {
  const taken = { bytes: 0, isCancelled: false };
  const stream = new ReadableStream<Uint8Array>(
    {
      pull(controller) {
        taken.bytes += chunkBytes;
        controller.enqueue(new Uint8Array(chunkBytes).fill(97));
      },
      cancel() {
        taken.isCancelled = true;
      },
    },
    { highWaterMark: 0 },
  );
  return { stream, taken };
}

// Conformance: N44
describe("the size limit", () => {
  it("refuses one byte more than 16 KiB", async () => {
    const body = "a".repeat(BODY_BYTES_MAX + 1);
    expect(await readAnswer(await createTestServer().send(tokenRequest(body)))).toEqual(tooLarge);
  });

  it("stops taking an endless body right after the limit and cancels it", async () => {
    const { stream, taken } = endless(1024);
    expect(await readAnswer(await createTestServer().send(streamRequest(stream)))).toEqual(tooLarge);
    expect(taken).toEqual({ bytes: BODY_BYTES_MAX + 1024, isCancelled: true });
  });

  it("refuses a declared size without taking a byte", async () => {
    const { stream, taken } = endless(1024);
    const request = streamRequest(stream, { "Content-Length": String(BODY_BYTES_MAX + 1) });
    expect(await readAnswer(await createTestServer().send(request))).toEqual(tooLarge);
    expect(taken.bytes).toBe(0);
  });

  it("does not believe a declared size that is smaller than the body", async () => {
    const { stream } = endless(1024);
    const request = streamRequest(stream, { "Content-Length": "10" });
    expect(await readAnswer(await createTestServer().send(request))).toEqual(tooLarge);
  });

  it("counts the bytes that a server has read already, whatever was declared", async () => {
    const read = (bytes: number, declared?: string) => {
      const headers = new Headers({ "Content-Type": "application/x-www-form-urlencoded" });
      if (declared !== undefined) headers.set("Content-Length", declared);
      const bodyBytes = new TextEncoder().encode("a=".padEnd(bytes, "x"));
      const { stream, taken } = endless(1024);
      const request = { method: "POST", url: TOKEN_URL, headers, signal: new AbortController().signal, body: stream };
      return readBodyEntries({ ...request, bodyBytes }).then(
        (entries) => [entries.length, taken.bytes],
        (error: unknown) => isOAuthError(error) && [error.status, error.reason, taken.bytes],
      );
    };
    expect(await read(BODY_BYTES_MAX + 1)).toEqual([413, "body_too_large", 0]);
    expect(await read(BODY_BYTES_MAX + 1, "1")).toEqual([413, "body_too_large", 0]);
    expect(await read(1, String(BODY_BYTES_MAX + 1))).toEqual([413, "body_too_large", 0]);
    expect(await read(BODY_BYTES_MAX, String(BODY_BYTES_MAX))).toEqual([1, 0]);
  });

  it("answers even when the sender refuses to be cancelled", async () => {
    const stream = new ReadableStream<Uint8Array>({
      pull: (controller) => controller.enqueue(new Uint8Array(8192)),
      cancel: () => Promise.reject(new Error("no")),
    });
    expect((await createTestServer().send(streamRequest(stream))).status).toBe(413);
  });
});

describe("bytes", () => {
  it("refuses a body that is not UTF-8", async () => {
    const request = new Request(TOKEN_URL, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: new Uint8Array([0x7b, 0xff, 0x7d]),
    });
    expect(await readAnswer(await createTestServer().send(request))).toEqual(
      refusalAnswer(400, "invalid_request", "The request body is not valid UTF-8."),
    );
  });

  it("joins a character that was cut between two chunks", async () => {
    const stream = new ReadableStream<Uint8Array>({
      start(controller) {
        controller.enqueue(new Uint8Array([0x61, 0x3d, 0xc3]));
        controller.enqueue(new Uint8Array([0xa9]));
        controller.close();
      },
    });
    expect(await readBodyEntries(streamRequest(stream))).toEqual([["a", "é"]]);
  });

  it("reads an absent body as no parameters", async () => {
    const request = new Request(TOKEN_URL, {
      method: "POST",
      headers: { "Content-Type": "application/x-www-form-urlencoded" },
    });
    expect(await readBodyEntries(request)).toEqual([]);
  });

  it("keeps the name of a JSON member that is null, so that it still counts as repeated", async () => {
    const headers = { "Content-Type": "application/json" };
    expect(await readBodyEntries(tokenRequest('{"a":null,"b":""}', { headers }))).toEqual([
      ["a", ""],
      ["b", ""],
    ]);
  });

  it("turns a broken connection into invalid_request and keeps the cause for the log", async () => {
    const cause = new Error("socket hang up");
    const stream = new ReadableStream<Uint8Array>({ pull: (controller) => controller.error(cause) });
    const thrown: unknown = await readBodyEntries(streamRequest(stream)).catch((error: unknown) => error);
    expect(isOAuthError(thrown) && [thrown.code, thrown.status, thrown.reason, thrown.cause]).toEqual([
      "invalid_request",
      400,
      "body_unreadable",
      cause,
    ]);
  });

  it("never keeps a JSON parser's message, which quotes the body", async () => {
    const request = tokenRequest('{"client_secret":"canary-1234', { headers: { "Content-Type": "application/json" } });
    const server = createTestServer();
    const answer = JSON.stringify(await readAnswer(await server.send(request)));
    expect(answer + JSON.stringify(server.refused)).not.toContain("canary");
    expect(server.refused[0]).not.toHaveProperty("cause");
  });
});
