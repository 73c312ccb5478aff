import { EventEmitter } from "node:events";
import { expect, it } from "vitest";
import { captureLog } from "@/lib/testing/machine/machine-requests";
import { watchProcessFailures } from "./process-failures";

/** What is logged and done when `event` happens in a process. */
function happen(event: "unhandledRejection" | "uncaughtException") {
  const log = captureLog();
  const process = new EventEmitter();
  let ends = 0;
  watchProcessFailures(process, () => {
    ends += 1;
  });
  process.emit(event, new Error("broken"));
  log.stop();
  return { ends, lines: log.lines.map((line): unknown => JSON.parse(line)) };
}

it("a rejection that nobody awaits is logged, and the process goes on: no caller can end it with one", () => {
  const { ends, lines } = happen("unhandledRejection");
  expect(ends).toBe(0);
  expect(lines).toEqual([
    expect.objectContaining({
      level: "error",
      event: "rejection_unhandled",
      err: expect.objectContaining({ message: "broken" }),
    }),
  ]);
});

it("an exception that nobody caught is logged, and the process ends", () => {
  const { ends, lines } = happen("uncaughtException");
  expect(ends).toBe(1);
  expect(lines).toEqual([
    expect.objectContaining({
      level: "error",
      event: "exception_uncaught",
      err: expect.objectContaining({ message: "broken" }),
    }),
  ]);
});
