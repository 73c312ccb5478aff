import { DEFAULT_LOCALE, isLocale, type Locale } from "./locales";

const RANGES_MAX = 20;

/**
 * Chooses the language of a page: what was chosen before (the cookie), else what the browser asks for most
 * (`Accept-Language`, RFC 9110 section 12.5.4, matched by primary subtag), else English.
 */
export function negotiateLocale(chosen: string | undefined, acceptLanguage: string | null): Locale {
  if (isLocale(chosen)) return chosen;
  const ranges = (acceptLanguage ?? "").split(",", RANGES_MAX).map(parseRange);
  // Sorting is stable: among equals the first one named wins.
  for (const { language } of ranges.filter(({ weight }) => weight > 0).sort((a, b) => b.weight - a.weight)) {
    if (language === "*") return DEFAULT_LOCALE;
    if (isLocale(language)) return language;
  }
  return DEFAULT_LOCALE;
}

function parseRange(text: string): { language: string; weight: number } {
  const [range = "", ...parameters] = text.split(";").map((part) => part.trim().toLowerCase());
  const quality = parameters.find((parameter) => parameter.startsWith("q="));
  const weight = quality === undefined ? 1 : Number(quality.slice(2));
  return { language: range.split("-", 1)[0] ?? "", weight: weight >= 0 && weight <= 1 ? weight : 0 };
}
