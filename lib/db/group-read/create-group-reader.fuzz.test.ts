import fc from "fast-check";
import { expect } from "vitest";
import { fuzz } from "@/lib/oauth/testing/fuzz";
import { createGroupReader } from "./create-group-reader";

const QUESTIONS_MAX = 3;

/** What happens next: somebody asks or leaves, a turn ends, a read is over or lasts too long. Numbers choose which. */
const step = fc.oneof(
  { weight: 5, arbitrary: fc.record({ kind: fc.constant("ask" as const), question: fc.constantFrom(..."abcde") }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant("leave" as const), which: fc.nat() }) },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant("turn" as const) }) },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant("answer" as const), which: fc.nat() }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant("fail" as const), which: fc.nat() }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant("wait" as const) }) },
);

type Answer = { question: string; read: number };
type Asked = { question: string; at: number; leave: AbortController; outcome?: Answer | { failedRead: unknown } };
type Read = { number: number; at: number; questions: readonly string[]; end(isAnswered: boolean): void };

fuzz(
  "whatever happens in whatever order, everybody gets the answer to their own question, of a read that began after they asked",
  fc.asyncProperty(fc.array(step, { maxLength: 60 }), async (steps) => {
    let moment = 0;
    const asked: Asked[] = [];
    const reads: Read[] = [];
    const underWay = new Set<Read>();
    const turns: (() => void)[] = [];
    const timers = new Set<() => void>();
    const ask = createGroupReader<string, Answer>({
      name: "read",
      read: (questions) =>
        new Promise((resolve, reject) => {
          moment += 1;
          const number = reads.length;
          const read: Read = {
            number,
            at: moment,
            questions,
            end(isAnswered) {
              underWay.delete(read);
              if (isAnswered) resolve(questions.map((question) => ({ question, read: number })));
              else reject(number);
            },
          };
          reads.push(read);
          underWay.add(read);
        }),
      nameOf: (question) => question,
      questionsMax: QUESTIONS_MAX,
      afterThisTurn: (begin) => void turns.push(begin),
      startTimer: (callback) => {
        timers.add(callback);
        return () => timers.delete(callback);
      },
    });
    const endTurn = () => {
      for (const begin of turns.splice(0)) begin();
    };
    const settle = () => new Promise<void>((resolve) => setImmediate(resolve));

    for (const next of steps) {
      moment += 1;
      if (next.kind === "ask") {
        const entry: Asked = { question: next.question, at: moment, leave: new AbortController() };
        asked.push(entry);
        ask(next.question, { signal: entry.leave.signal }).then(
          (answer) => {
            entry.outcome = answer;
          },
          (failedRead: unknown) => {
            entry.outcome = { failedRead };
          },
        );
      } else if (next.kind === "leave") asked[next.which % Math.max(1, asked.length)]?.leave.abort("left");
      else if (next.kind === "turn") endTurn();
      else if (next.kind === "wait") for (const callback of [...timers]) callback();
      else [...underWay][next.which % Math.max(1, underWay.size)]?.end(next.kind === "answer");
      await settle();
    }
    // All that was begun comes to its end, and what still waits is asked.
    while (turns.length > 0 || underWay.size > 0) {
      endTurn();
      for (const read of [...underWay]) read.end(true);
      await settle();
    }

    for (const { questions } of reads) {
      expect(questions.length).toBeGreaterThan(0);
      expect(questions.length).toBeLessThanOrEqual(QUESTIONS_MAX);
      expect(new Set(questions).size).toBe(questions.length);
    }
    for (const { question, at, leave, outcome } of asked) {
      if (outcome === undefined) throw new Error("Somebody got no answer.");
      if ("failedRead" in outcome && outcome.failedRead === "left") {
        expect(leave.signal.aborted).toBe(true);
        continue;
      }
      const read = reads["read" in outcome ? outcome.read : Number(outcome.failedRead)];
      expect(read?.questions).toContain(question);
      expect(read?.at).toBeGreaterThan(at);
      if ("question" in outcome) expect(outcome.question).toBe(question);
    }
  }),
  { runs: 300 },
);
