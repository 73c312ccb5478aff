import "server-only";

import { runWithoutRequestContext } from "@/lib/http/request-context";
import { type LogFields, log, logDestination } from "./logger";

/** How many refusals of one kind are told of one by one in a second. A flood says nothing new with each line. */
const LINES_PER_SECOND = 20;

/** Values of a refusal; `client_id` is that of a client that has proved itself. */
export type RefusalFields = LogFields & { client_id?: string | undefined };

type Second = {
  event: LogFields["event"];
  lines: number;
  /** How many had no line, by reason. */
  left: Map<string, number>;
};

/**
 * Makes the log of refusals. Those of strangers share a budget for each event; a client that has proved itself has one
 * of its own, so that nobody can drown its lines. What is beyond the budget is counted by reason and told of in one
 * line, a second after the first. `schedule` runs its work once, after so many milliseconds.
 */
export function createRefusalLog({
  schedule,
}: {
  schedule: (work: () => void, milliseconds: number) => void;
}): (fields: RefusalFields, message: string) => void {
  const seconds = new Map<string, Second>();

  function begin(key: string, event: LogFields["event"]): Second {
    const second = { event, lines: 0, left: new Map<string, number>() };
    seconds.set(key, second);
    schedule(() => end(key, second), 1_000);
    return second;
  }

  function end(key: string, { event, left }: Second): void {
    seconds.delete(key);
    if (left.size === 0) return;
    const count = [...left.values()].reduce((sum, each) => sum + each, 0);
    log.info(
      { event: "refusals_not_logged", of: event, count, reasons: Object.fromEntries(left) },
      "Refusals that came too fast to be logged one by one",
    );
  }

  return function logRefusal(fields, message) {
    const { event, reason = "", client_id = "" } = fields;
    const key = `${event} ${client_id}`;
    const second = seconds.get(key) ?? begin(key, event);
    if (second.lines < LINES_PER_SECOND) {
      second.lines += 1;
      log.info(fields, message);
    } else second.left.set(reason, (second.left.get(reason) ?? 0) + 1);
  };
}

type ProcessLog = { destination: ReturnType<typeof logDestination>; write: ReturnType<typeof createRefusalLog> };
let current: ProcessLog | undefined;

/** The log of refusals of this process. */
export function logRefusal(fields: RefusalFields, message: string): void {
  const destination = logDestination();
  if (current === undefined || current.destination !== destination) {
    const schedule = (work: () => void, milliseconds: number) =>
      // The line at the end is about many requests, and has the id of none.
      runWithoutRequestContext(() => {
        setTimeout(() => destination === logDestination() && work(), milliseconds).unref();
      });
    current = { destination, write: createRefusalLog({ schedule }) };
  }
  current.write(fields, message);
}
