import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { runWithRequestContext } from "@/lib/http/request-context";
import { captureLog } from "@/lib/testing/machine/machine-requests";
import { log } from "./logger";

let captured: ReturnType<typeof captureLog>;
beforeEach(() => {
  captured = captureLog();
});
afterEach(() => captured.stop());

function lastLine(): unknown {
  return JSON.parse(captured.lines.at(-1) ?? "");
}

describe("a log line", () => {
  it("is one line of JSON with time, level, message and fields", () => {
    log.warn({ event: "activity_lost", count: 3 }, "Tested");
    expect(captured.lines).toHaveLength(1);
    expect(captured.lines[0]).toMatch(/^\{.*\}\n$/);
    expect(lastLine()).toEqual({
      level: "warn",
      time: expect.stringMatching(/Z$/),
      event: "activity_lost",
      count: 3,
      msg: "Tested",
    });
  });

  it("carries the id of the request in which it was written", () => {
    runWithRequestContext({ clientAddress: "192.0.2.7", requestId: "req-9" }, () =>
      log.info({ event: "request_failed" }, "Tested"),
    );
    expect(lastLine()).toMatchObject({ request_id: "req-9" });
  });

  it.each([
    ["a line feed", "a\nb"],
    ["a carriage return", "a\r\nb"],
    ["an escape sequence", "a\u001b[31mb"],
    ["a next-line character", "a\u0085b"],
    ["a line separator", "a\u2028b"],
    ["a paragraph separator", "a\u2029b"],
    ["a delete character", "a\u007fb"],
    ["a closing brace and a new object", 'a"}\n{"level":"info","event":"forged"}'],
  ])("cannot be forged with %s", (_title, value) => {
    log.info({ event: "request_failed", name: value }, value);
    const [line = ""] = captured.lines;
    expect(captured.lines).toHaveLength(1);
    // biome-ignore lint/suspicious/noControlCharactersInRegex: that there are none is what is tested
    expect(line.slice(0, -1)).not.toMatch(/[\u0000-\u001f\u007f-\u009f\u2028\u2029]/);
    expect(lastLine()).toMatchObject({ name: value, msg: value });
  });
});

describe("a secret that was handed to the log by mistake", () => {
  it.each([
    ["a client secret", `vst_t${"aB3".repeat(14)}x_${"y".repeat(22)}`],
    ["a stored hash", "$argon2id$v=19$m=19456,t=2,p=1$c2FsdHNhbHRzYWx0$aGFzaGhhc2g"],
    ["a token", "eyJhbGciOiJFUzI1NiJ9.eyJzdWIiOiJhIn0.c2lnbmF0dXJl"],
    ["Basic credentials", "Basic Y2xpZW50OnNlY3JldA=="],
    ["a bearer token", "Bearer abcdefghijklmnop"],
  ])("is taken out: %s", (_title, secret) => {
    log.error(
      { event: "request_failed", value: secret, nested: { list: [`see ${secret}!`] }, err: new Error(secret) },
      secret,
    );
    expect(captured.lines.join("")).not.toContain(secret);
    expect(lastLine()).toMatchObject({ value: "[redacted]", msg: "[redacted]" });
  });

  it("does not take out what merely looks long", () => {
    const value = "0193575a-0000-7000-8000-00000000dead gdo40hJYIB0jjpymXVgbz38R8P7zeiDNQcP4sdmB";
    log.info({ event: "request_failed", value }, "Tested");
    expect(lastLine()).toMatchObject({ value });
  });
});

describe("an error in the log", () => {
  it("is told with its type, message, code, stack and causes, and without its own fields", () => {
    const cause = Object.assign(new Error("refused"), { code: "ECONNREFUSED", request: { secret: "s3cret" } });
    log.error({ event: "request_failed", err: new Error("outer", { cause }) }, "Failed");
    expect(lastLine()).toMatchObject({
      err: {
        type: "Error",
        message: "outer",
        stack: expect.stringContaining("logger.test.ts"),
        cause: { type: "Error", message: "refused", code: "ECONNREFUSED" },
      },
    });
    expect(captured.lines.join("")).not.toContain("s3cret");
  });

  it("does not repeat the values of a query that was refused", () => {
    const err = new Error('Invalid invocation: { data: { hash: "s3cret" } }');
    err.name = "PrismaClientValidationError";
    log.error({ event: "request_failed", err }, "Failed");
    expect(captured.lines.join("")).not.toContain("s3cret");
    expect(lastLine()).toMatchObject({
      err: { type: "PrismaClientValidationError", stack: expect.stringMatching(/^\s+at /) },
    });
  });

  it("ends somewhere when causes go round in a circle", () => {
    const first = new Error("first");
    const second = new Error("second", { cause: first });
    first.cause = second;
    log.error({ event: "request_failed", err: first }, "Failed");
    expect(captured.lines).toHaveLength(1);
  });

  it.each([["text"], [42], [null]])("may be anything that can be thrown: %j", (thrown) => {
    log.error({ event: "request_failed", err: thrown }, "Failed");
    expect(captured.lines).toHaveLength(1);
  });
});
