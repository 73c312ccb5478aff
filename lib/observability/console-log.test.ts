import { Console } from "node:console";
import { Writable } from "node:stream";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { captureLog } from "@/lib/testing/machine/machine-requests";
import { sendConsoleToLog } from "./console-log";

let written = "";
const stream = new Writable({
  write(chunk, _encoding, done) {
    written += String(chunk);
    done();
  },
});
const target = new Console(stream);
let captured: ReturnType<typeof captureLog>;
let restore: () => void;

beforeEach(() => {
  written = "";
  captured = captureLog();
  restore = sendConsoleToLog(target);
});
afterEach(() => {
  restore();
  captured.stop();
});

const lines = () => captured.lines.map((line): unknown => JSON.parse(line));

describe("what a library writes to the console", () => {
  it.each([
    ["debug", "debug"],
    ["log", "debug"],
    ["info", "debug"],
    ["warn", "warn"],
    ["error", "error"],
  ] as const)("is one line of the log and no other: %s", (method, level) => {
    target[method]("%s of %d", "one", 2, { three: 3 });
    expect(lines()).toEqual([
      { level, time: expect.any(String), event: "console_written", msg: "one of 2 { three: 3 }" },
    ]);
    expect(written).toBe("");
  });

  it("keeps an error apart from the words, wherever it stands", () => {
    target.error(" \u001b[31m\u2a2f\u001b[39m", new Error("broken", { cause: new Error("deeper") }));
    expect(lines()).toEqual([
      expect.objectContaining({
        level: "error",
        msg: "\u2a2f",
        err: expect.objectContaining({ message: "broken", cause: expect.objectContaining({ message: "deeper" }) }),
      }),
    ]);
  });

  it("forges no line, colours nothing and shows no secret, whatever a caller put into it", () => {
    const secret = "eyJhbGciOiJFUzI1NiJ9.eyJzdWIiOiJhIn0.c2lnbmF0dXJl";
    target.error(`header with value \u001b[2J"a\r\n{"level":"info"}\u0085\u2028${secret}`);
    const [line = ""] = captured.lines;
    expect(captured.lines).toHaveLength(1);
    // biome-ignore lint/suspicious/noControlCharactersInRegex: that there are none is what is tested
    expect(line.slice(0, -1)).not.toMatch(/[\u0000-\u001f\u007f-\u009f\u2028\u2029]/);
    expect(line).not.toContain(secret);
    expect(line).not.toContain("[2J");
    expect(line).not.toContain("\\u001b");
  });

  it("is cut where it gets long, and is nothing where it is empty", () => {
    target.log("x".repeat(5_000));
    target.log("");
    target.log("\n");
    expect(lines()).toEqual([expect.objectContaining({ msg: `${"x".repeat(2_000)}\u2026` })]);
  });

  it("goes back to where it went before", () => {
    restore();
    target.log("plain");
    expect([written, lines()]).toEqual(["plain\n", []]);
  });
});
