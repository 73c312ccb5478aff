export const THEMES = ["system", "light", "dark"] as const;

export type Theme = (typeof THEMES)[number];

/** Holds the colours somebody chose; without it, or with "system", the browser's preference decides. */
export const THEME_COOKIE = "theme";

/** Tells whether `value` is a theme of the portal. */
export function isTheme(value: unknown): value is Theme {
  return THEMES.some((theme) => theme === value);
}
