import { afterAll, beforeAll, expect, it } from "vitest";
import { prepareChildScript } from "@/lib/testing/process/child-script";

let writer: Awaited<ReturnType<typeof prepareChildScript>>;

beforeAll(async () => {
  writer = await prepareChildScript("lib/testing/process/log-writer.child.ts");
});
afterAll(() => writer.dispose());

it.each([
  ["exits", "exit", 0],
  ["ends by itself", "return", 0],
  ["dies of an exception", "throw", 1],
])("every line is written, in order and whole, when the process %s", async (_how, end, code) => {
  const count = 5_000;
  const child = writer.start(String(count), end);
  expect((await child.exited).code).toBe(code);
  const numbers = child.lines.filter((line) => line.startsWith("{")).map((line): unknown => JSON.parse(line).number);
  expect(numbers).toEqual(Array.from({ length: count }, (_, number) => number));
});
