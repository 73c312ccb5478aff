/** Holds that somebody has switched off the keys that are pressed by themselves (WCAG 2.2, 2.1.4), in this browser. */
export const SINGLE_KEYS_COOKIE = "single-keys";

const SINGLE_KEYS_CHOICES = ["on", "off"] as const;
export type SingleKeysChoice = (typeof SINGLE_KEYS_CHOICES)[number];

/** Tells whether `value` is such a choice. */
export function isSingleKeysChoice(value: unknown): value is SingleKeysChoice {
  return SINGLE_KEYS_CHOICES.some((choice) => choice === value);
}

/** Tells whether the cookie leaves those keys on, as they are without one. */
export function areSingleKeysOn(cookie: string | undefined): boolean {
  return cookie !== "off";
}
