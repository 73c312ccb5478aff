/** The languages of the portal, the first for everybody whose browser asks for neither. */
export const LOCALES = ["en", "fr"] as const;

export type Locale = (typeof LOCALES)[number];

export const DEFAULT_LOCALE: Locale = "en";

/** Holds the language somebody chose; without it the browser's `Accept-Language` decides. */
export const LOCALE_COOKIE = "locale";

/** Tells whether `value` is a language of the portal. */
export function isLocale(value: unknown): value is Locale {
  return LOCALES.some((locale) => locale === value);
}
