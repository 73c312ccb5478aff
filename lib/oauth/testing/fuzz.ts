import fc from "fast-check";
import { inject, it } from "vitest";
import { isOAuthError, type OAuthErrorCode } from "../oauth-error";
import type { OAuthReason } from "../oauth-reason";

type FuzzSettings = {
  seed: number;
  /** 0: a fixed number of runs. Otherwise every property of a file gets an equal share of this time. */
  secondsPerFile: number;
  /** Leads straight to one failing input of the seed; empty starts from the beginning. */
  path: string;
};

declare module "vitest" {
  export interface ProvidedContext {
    fuzz: FuzzSettings;
  }
}

/**
 * Milliseconds that one input may cost a parser, whatever the input is. A hundred times what any takes on a quiet
 * machine: a machine may be busy, and an input that makes a parser hang takes seconds.
 */
const CALL_MS_MAX = 1_000;
/** A busy machine pauses a process now and then, a hang comes back every time: the fastest of these tries counts. */
const TRIES = 10;

let registered = 0;

/**
 * Registers one property. Without a time it runs `runs` times from a fixed seed, the same inputs everywhere; with one
 * it goes on until its share is used up. A failure names the seed and the path of the smallest input found.
 */
export function fuzz<Inputs>(title: string, property: fc.IRawProperty<Inputs>, { runs = 1000 } = {}): void {
  registered += 1;
  const { seed, secondsPerFile, path } = inject("fuzz");
  const replay = path === "" ? {} : { path };
  it(title, { timeout: 600_000 + secondsPerFile * 1000 }, async () => {
    const milliseconds = (secondsPerFile * 1000) / registered;
    await fc.assert(
      property,
      secondsPerFile === 0 || path !== ""
        ? { seed, numRuns: runs, ...replay }
        : { seed, numRuns: Number.MAX_SAFE_INTEGER, interruptAfterTimeLimit: milliseconds },
    );
  });
}

/** What became of an input: a value, or a refusal that the protocol knows. */
export type Outcome<Value> =
  | { value: Value }
  | { refused: { code: OAuthErrorCode; status: number; reason: OAuthReason; description: string } };

/** Calls a parser. Anything but an OAuthError is a crash and is thrown on; so is a call that takes too long each time. */
export function attempt<Value>(call: () => Value): Outcome<Value> {
  const first = timed(call);
  let fastest = first.milliseconds;
  for (let again = 1; fastest > CALL_MS_MAX && again < TRIES; again += 1) {
    fastest = Math.min(fastest, timed(call).milliseconds);
  }
  refuseHang(fastest);
  return first.outcome;
}

/** `attempt` for what answers later. `call` makes its own request each time: a body can be read once. */
export async function attemptAsync<Value>(call: () => Promise<Value>): Promise<Outcome<Value>> {
  const first = await timedAsync(call);
  let fastest = first.milliseconds;
  for (let again = 1; fastest > CALL_MS_MAX && again < TRIES; again += 1) {
    fastest = Math.min(fastest, (await timedAsync(call)).milliseconds);
  }
  refuseHang(fastest);
  return first.outcome;
}

function timed<Value>(call: () => Value): { outcome: Outcome<Value>; milliseconds: number } {
  const begun = performance.now();
  let outcome: Outcome<Value>;
  try {
    outcome = { value: call() };
  } catch (thrown) {
    outcome = toRefusal(thrown);
  }
  return { outcome, milliseconds: performance.now() - begun };
}

async function timedAsync<Value>(call: () => Promise<Value>) {
  const begun = performance.now();
  const outcome: Outcome<Value> = await call().then((value) => ({ value }), toRefusal);
  return { outcome, milliseconds: performance.now() - begun };
}

function toRefusal(thrown: unknown): Outcome<never> {
  if (!isOAuthError(thrown)) throw thrown;
  const { code, status, reason, description } = thrown;
  return { refused: { code, status, reason, description } };
}

function refuseHang(milliseconds: number): void {
  if (milliseconds > CALL_MS_MAX) throw new Error(`The call took ${milliseconds.toFixed(0)} ms each time.`);
}
