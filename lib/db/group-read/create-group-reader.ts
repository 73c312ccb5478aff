import "server-only";

import { inSpan } from "@/lib/observability/tracing/tracing";

/** Asks one question and gets the answer to it. Rejects with what the read rejected with, or with the reason of `signal`. */
export type GroupReader<Question, Answer> = (
  question: Question,
  options?: { signal?: AbortSignal | undefined },
) => Promise<Answer>;

export type GroupReaderOptions<Question, Answer> = {
  /** What a trace calls the wait for an answer. */
  name: string;
  /** Answers several different questions at once, in their order. */
  read(questions: readonly Question[]): Promise<readonly Answer[]>;
  /** Equal questions have one name, and get one answer when they are asked in one read. */
  nameOf(question: Question): string;
  /** How many different questions one read has at most. */
  questionsMax?: number;
  /** For tests: calls `begin` once what has arrived already has been looked at. */
  afterThisTurn?: (begin: () => void) => void;
  /** For tests: calls `callback` after `delayMs` unless the returned function is called first. */
  startTimer?: (callback: () => void, delayMs: number) => () => void;
};

/** Enough for all that a process has to answer at once, and a statement that is still small. */
const QUESTIONS_MAX = 64;
/** A hundred times what a read takes. One that is not over by then may be on a connection that is dead. */
const PATIENCE_MS = 250;
/** Reads under way at once, when each lasts longer than `PATIENCE_MS`: fewer than a pool has connections. */
const READS_MAX = 4;

type Waiter<Answer> = {
  signal: AbortSignal | undefined;
  resolve(answer: Answer): void;
  reject(reason: unknown): void;
};
type Entry<Question, Answer> = { question: Question; waiters: Waiter<Answer>[] };

/**
 * Makes a reader whose callers share their reads: while one is under way those who ask wait, and the next read answers
 * all of them. It begins after each of them has asked, so that nobody is told of an older state than by a read of their
 * own. Nothing is remembered, and a failure reaches those who were in the read and nobody else.
 *
 * A read that lasts longer than a quarter of a second holds up nobody but its own callers; four at most are under way.
 * Who has gone when a read begins (`signal`) is left out of it.
 */
export function createGroupReader<Question, Answer>({
  name,
  read,
  nameOf,
  questionsMax = QUESTIONS_MAX,
  // The requests that came in one turn of the event loop share the first read too.
  afterThisTurn = setImmediate,
  startTimer = startNodeTimer,
}: GroupReaderOptions<Question, Answer>): GroupReader<Question, Answer> {
  // A Map keeps the order in which they were asked.
  const waiting = new Map<string, Entry<Question, Answer>>();
  let readsUnderWay = 0;
  /** What the next read waits for: the end of this turn, or a read. */
  let holder: object | undefined;

  function takeGroup(): Entry<Question, Answer>[] {
    const group: Entry<Question, Answer>[] = [];
    for (const [name, entry] of waiting) {
      if (group.length >= questionsMax) break;
      waiting.delete(name);
      const present = entry.waiters.filter(isPresent);
      if (present.length > 0) group.push({ question: entry.question, waiters: present });
    }
    return group;
  }

  async function answer(group: readonly Entry<Question, Answer>[]): Promise<void> {
    try {
      const answers = await read(group.map(({ question }) => question));
      if (answers.length !== group.length) throw new Error("A read did not answer every question.");
      group.forEach(({ waiters }, index) => {
        for (const waiter of waiters) waiter.resolve(answers[index] as Answer);
      });
    } catch (thrown) {
      for (const { waiters } of group) for (const waiter of waiters) waiter.reject(thrown);
    }
  }

  function letGo(by: object): void {
    if (holder === by) holder = undefined;
    beginNext();
  }

  function beginNext(): void {
    if (holder !== undefined || readsUnderWay >= READS_MAX) return;
    const group = takeGroup();
    if (group.length === 0) return;
    holder = group;
    readsUnderWay += 1;
    const stopTimer = startTimer(() => letGo(group), PATIENCE_MS);
    void answer(group).then(() => {
      stopTimer();
      readsUnderWay -= 1;
      letGo(group);
    });
  }

  function ask(question: Question, signal: AbortSignal | undefined): Promise<Answer> {
    return new Promise<Answer>((resolve, reject) => {
      const key = nameOf(question);
      const entry = waiting.get(key);
      const waiter = { signal, resolve, reject };
      if (entry !== undefined) entry.waiters.push(waiter);
      else waiting.set(key, { question, waiters: [waiter] });
      if (holder !== undefined) return;
      const turn = {};
      holder = turn;
      afterThisTurn(() => letGo(turn));
    });
  }

  return (question, { signal } = {}) => inSpan(name, {}, () => ask(question, signal));
}

/** Rejects for whoever has gone. */
function isPresent<Answer>({ signal, reject }: Waiter<Answer>): boolean {
  if (signal?.aborted !== true) return true;
  reject(signal.reason);
  return false;
}

function startNodeTimer(callback: () => void, delayMs: number): () => void {
  const timer = setTimeout(callback, delayMs);
  return () => clearTimeout(timer);
}
