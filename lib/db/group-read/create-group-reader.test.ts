import { describe, expect, it } from "vitest";
import { createGroupReader, type GroupReaderOptions } from "./create-group-reader";

type Read = {
  questions: readonly string[];
  answer(answers?: readonly string[]): void;
  fail(thrown: unknown): void;
};

/** A reader whose reads, turns and time are in the test's hands. The answer to a question tells which read it is from. */
function readerInHand(options: Partial<GroupReaderOptions<string, string>> = {}) {
  const reads: Read[] = [];
  const turns: (() => void)[] = [];
  const timers = new Set<() => void>();
  const ask = createGroupReader<string, string>({
    name: "read",
    read: (questions) =>
      new Promise((resolve, reject) => {
        const number = reads.length;
        reads.push({
          questions,
          answer: (answers = questions.map((question) => `${question} ${number}`)) => resolve(answers),
          fail: reject,
        });
      }),
    nameOf: (question) => question.toLowerCase(),
    afterThisTurn: (begin) => void turns.push(begin),
    startTimer: (callback) => {
      timers.add(callback);
      return () => timers.delete(callback);
    },
    ...options,
  });
  return {
    ask,
    reads,
    timers,
    endTurn: () => {
      for (const begin of turns.splice(0)) begin();
    },
    losePatience: () => {
      for (const callback of [...timers]) callback();
    },
  };
}

/** Lets everything happen that waits for nothing but its turn. */
const settle = () => new Promise<void>((resolve) => setImmediate(resolve));

/** How each of several promises ended, and `undefined` for those that have not. */
async function outcomes(promises: readonly Promise<string>[]): Promise<unknown[]> {
  const ended: unknown[] = promises.map(() => undefined);
  promises.forEach((promise, index) => {
    promise.then(
      (value) => {
        ended[index] = value;
      },
      (thrown: unknown) => {
        ended[index] = { thrown };
      },
    );
  });
  await settle();
  return ended;
}

function questionsOf(reads: readonly Read[]): (readonly string[])[] {
  return reads.map(({ questions }) => questions);
}

describe("a first question", () => {
  it("shares its read with those of the same turn, and waits for nothing else", async () => {
    const { ask, reads, endTurn } = readerInHand();
    const asked = [ask("a"), ask("b")];
    expect(reads).toEqual([]);
    endTurn();
    expect(questionsOf(reads)).toEqual([["a", "b"]]);
    reads[0]?.answer();
    expect(await outcomes(asked)).toEqual(["a 0", "b 0"]);
  });

  it("needs no turn that a test makes", async () => {
    const ask = createGroupReader<string, string>({
      name: "read",
      read: async (questions) => questions.map((question) => `${question}!`),
      nameOf: (question) => question,
    });
    expect(await Promise.all([ask("a"), ask("b"), ask("a")])).toEqual(["a!", "b!", "a!"]);
    expect(await ask("a")).toBe("a!");
  });

  it("after a quiet time is read anew: nothing is remembered", async () => {
    const { ask, reads, endTurn } = readerInHand();
    const first = ask("a");
    endTurn();
    reads[0]?.answer();
    await settle();
    const second = ask("a");
    endTurn();
    reads[1]?.answer();
    expect(await outcomes([first, second])).toEqual(["a 0", "a 1"]);
  });
});

describe("questions that come while a read is under way", () => {
  it("wait for it, share the next one, and are not answered from it, the same question neither", async () => {
    const { ask, reads, endTurn } = readerInHand();
    const asked = [ask("a")];
    endTurn();
    asked.push(ask("b"), ask("a"), ask("c"));
    endTurn();
    expect(questionsOf(reads)).toEqual([["a"]]);
    reads[0]?.answer();
    expect(await outcomes(asked)).toEqual(["a 0", undefined, undefined, undefined]);
    expect(questionsOf(reads)).toEqual([["a"], ["b", "a", "c"]]);
    reads[1]?.answer();
    expect(await outcomes(asked)).toEqual(["a 0", "b 1", "a 1", "c 1"]);
  });

  it("are asked once for all who ask the same", async () => {
    const { ask, reads, endTurn } = readerInHand();
    const asked = [ask("a"), ask("A"), ask("b"), ask("a")];
    endTurn();
    expect(questionsOf(reads)).toEqual([["a", "b"]]);
    reads[0]?.answer();
    expect(await outcomes(asked)).toEqual(["a 0", "a 0", "b 0", "a 0"]);
  });

  it("fill a read up to its bound and leave the rest to the next, in the order in which they came", async () => {
    const { ask, reads, endTurn } = readerInHand({ questionsMax: 2 });
    const asked = ["a", "b", "c", "d", "e"].map((question) => ask(question));
    endTurn();
    for (const index of [0, 1, 2]) {
      reads[index]?.answer();
      await settle();
    }
    expect(questionsOf(reads)).toEqual([["a", "b"], ["c", "d"], ["e"]]);
    expect(await outcomes(asked)).toEqual(["a 0", "b 0", "c 1", "d 1", "e 2"]);
  });

  it("are 64 of different kinds in one read unless told otherwise", () => {
    const { ask, reads, endTurn } = readerInHand();
    for (let index = 0; index < 100; index += 1) void ask(`question ${index}`);
    endTurn();
    expect(questionsOf(reads).map(({ length }) => length)).toEqual([64]);
  });
});

describe("a read that fails", () => {
  it("fails for all who were in it, and for nobody who came later", async () => {
    const { ask, reads, endTurn } = readerInHand();
    const asked = [ask("a"), ask("a"), ask("b")];
    endTurn();
    asked.push(ask("a"));
    const thrown = new Error("the database is gone");
    reads[0]?.fail(thrown);
    expect(await outcomes(asked)).toEqual([{ thrown }, { thrown }, { thrown }, undefined]);
    reads[1]?.answer();
    expect(await outcomes(asked)).toEqual([{ thrown }, { thrown }, { thrown }, "a 1"]);
  });

  it("may throw at once", async () => {
    const thrown = new Error("not open");
    const { ask, endTurn } = readerInHand({
      read: () => {
        throw thrown;
      },
    });
    const asked = [ask("a")];
    endTurn();
    expect(await outcomes(asked)).toEqual([{ thrown }]);
  });

  it.each([
    ["fewer", ["a 0"]],
    ["more", ["a 0", "b 0", "c 0"]],
  ])("is one that gives %s answers than there were questions: nobody gets any of them", async (_title, answers) => {
    const { ask, reads, endTurn } = readerInHand();
    const asked = [ask("a"), ask("b")];
    endTurn();
    reads[0]?.answer(answers);
    const thrown = new Error("A read did not answer every question.");
    expect(await outcomes(asked)).toEqual([{ thrown }, { thrown }]);
  });
});

describe("somebody who has gone", () => {
  it("before the read begins is left out of it, and breaks nobody else", async () => {
    const { ask, reads, endTurn } = readerInHand();
    const [leaving, staying] = [new AbortController(), new AbortController()];
    const asked = [
      ask("a", { signal: leaving.signal }),
      ask("b", { signal: leaving.signal }),
      ask("b", { signal: staying.signal }),
    ];
    const thrown = new Error("gone");
    leaving.abort(thrown);
    endTurn();
    expect(questionsOf(reads)).toEqual([["b"]]);
    reads[0]?.answer();
    expect(await outcomes(asked)).toEqual([{ thrown }, { thrown }, "b 0"]);
  });

  it("and was alone costs no read, and the next question is asked", async () => {
    const { ask, reads, endTurn } = readerInHand();
    const gone = ask("a", { signal: AbortSignal.abort(new Error("gone")) });
    endTurn();
    await expect(gone).rejects.toThrow("gone");
    expect(reads).toEqual([]);
    const next = ask("a");
    endTurn();
    reads[0]?.answer();
    expect(await next).toBe("a 0");
  });

  it("while the read is under way changes nothing for the others", async () => {
    const { ask, reads, endTurn } = readerInHand();
    const leaving = new AbortController();
    const asked = [ask("a", { signal: leaving.signal }), ask("a"), ask("b")];
    endTurn();
    leaving.abort();
    reads[0]?.answer();
    expect(await outcomes(asked)).toEqual(["a 0", "a 0", "b 0"]);
  });
});

describe("a read that lasts too long", () => {
  it("holds up nobody who came after it, and still answers its own", async () => {
    const { ask, reads, endTurn, losePatience } = readerInHand();
    const asked = [ask("a")];
    endTurn();
    asked.push(ask("b"));
    losePatience();
    expect(questionsOf(reads)).toEqual([["a"], ["b"]]);
    reads[1]?.answer();
    expect(await outcomes(asked)).toEqual([undefined, "b 1"]);
    reads[0]?.answer();
    expect(await outcomes(asked)).toEqual(["a 0", "b 1"]);
  });

  it("is one of four at most; then the end of any lets the next begin", async () => {
    const { ask, reads, endTurn, losePatience } = readerInHand();
    const asked = ["a", "b", "c", "d", "e"].map((question) => {
      const answer = ask(question);
      endTurn();
      losePatience();
      return answer;
    });
    expect(questionsOf(reads)).toEqual([["a"], ["b"], ["c"], ["d"]]);
    reads[2]?.answer();
    expect(await outcomes(asked)).toEqual([undefined, undefined, "c 2", undefined, undefined]);
    expect(questionsOf(reads)).toEqual([["a"], ["b"], ["c"], ["d"], ["e"]]);
  });

  it("leaves no timer behind", async () => {
    const { ask, reads, timers, endTurn } = readerInHand();
    void ask("a");
    endTurn();
    expect(timers.size).toBe(1);
    reads[0]?.answer();
    await settle();
    expect(timers.size).toBe(0);
  });
});
