import "server-only";

/** What was counted under one key in the window that runs. */
export type Count = { count: number; msLeft: number };

/** Counts by key, each in a window of its own that begins with the first event and is not prolonged by later ones. */
export type Counter = {
  /** Counts one event more, or takes one back, and tells what there is now. */
  add(key: string, events: 1 | -1): Promise<Count>;
  /** What is counted now; `undefined` where no window runs. Counts nothing. */
  read(key: string): Promise<Count | undefined>;
  /** Ends the window of `key`. */
  forget(key: string): Promise<void>;
};

export type CounterSettings = {
  /** Tells this counter from the others. In Redis, counters of one name are one, in whichever process they are. */
  name: string;
  windowSeconds: number;
};
