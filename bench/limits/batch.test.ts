import { describe, expect, it } from "vitest";
import { createBatch } from "./batch";

describe("a batch", () => {
  function setUp() {
    const asked: (readonly number[])[] = [];
    const release: (() => void)[] = [];
    const ask = createBatch<number, string>(async (questions) => {
      asked.push(questions);
      await new Promise<void>((resolve) => release.push(resolve));
      return questions.filter((question) => question >= 0).map(String);
    });
    return { asked, release, ask };
  }

  it("asks at once, and all that come meanwhile together afterwards, each with its own answer", async () => {
    const { asked, release, ask } = setUp();
    const first = ask(1);
    const others = [ask(2), ask(3)];
    expect(asked).toEqual([[1]]);
    release.shift()?.();
    expect(await first).toBe("1");
    expect(asked).toEqual([[1], [2, 3]]);
    release.shift()?.();
    expect(await Promise.all(others)).toEqual(["2", "3"]);
  });

  it("asks nobody twice, and asks again after a pause", async () => {
    const { asked, release, ask } = setUp();
    const first = ask(1);
    release.shift()?.();
    await first;
    const second = ask(2);
    release.shift()?.();
    await second;
    expect(asked).toEqual([[1], [2]]);
  });

  it("tells everybody in it of a failure, and goes on with the next", async () => {
    let isDown = true;
    const ask = createBatch<number, number>((questions) =>
      isDown ? Promise.reject(new Error("down")) : Promise.resolve(questions),
    );
    await expect(ask(1)).rejects.toThrow("down");
    isDown = false;
    await expect(ask(2)).resolves.toBe(2);
  });

  it("leaves nobody waiting when an answer is missing", async () => {
    const { release, ask } = setUp();
    const missing = ask(-1);
    release.shift()?.();
    await expect(missing).rejects.toThrow("There is an answer missing.");
  });
});
