/** So long a sequence waits for its next key. */
export const SEQUENCE_PAUSE_MS = 2000;

export type KeyMatcher = {
  /** Takes the next key, pressed at `at` milliseconds of any clock; returns the keys that it completes. */
  press(key: string, at: number): string | undefined;
  /** Lets go of a sequence that has begun. */
  forget(): void;
};

/**
 * Recognises keys that are pressed one after the other, written with a space between them: "g a". A key that does not go
 * on with what was begun ends it and does nothing else: whoever mistypes the second key of "g a" must not start
 * something that the key alone would.
 */
export function createKeyMatcher(sequences: readonly string[]): KeyMatcher {
  let begun: { keys: string; at: number } | undefined;
  return {
    press(key, at) {
      const isGoingOn = begun !== undefined && at - begun.at <= SEQUENCE_PAUSE_MS;
      const keys = isGoingOn ? `${begun?.keys} ${key}` : key;
      begun = sequences.some((sequence) => sequence.startsWith(`${keys} `)) ? { keys, at } : undefined;
      return sequences.includes(keys) ? keys : undefined;
    },
    forget() {
      begun = undefined;
    },
  };
}
