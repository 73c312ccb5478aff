import "server-only";

import { LOCALES, type Locale } from "@/lib/i18n/locales";
import en from "@/messages/en/entrance.json" with { type: "json" };
import fr from "@/messages/fr/entrance.json" with { type: "json" };

export type EntranceTexts = typeof en;

const TEXTS: Readonly<Record<Locale, EntranceTexts>> = { en, fr };

/**
 * A page that is answered without Next: all languages on one page, because whoever reads it may have no way to choose
 * one, and neither a script nor a style. `section` writes what each language says, as HTML.
 */
export function plainPage(section: (texts: EntranceTexts) => string): string {
  const sections = LOCALES.map((locale) => `<section lang="${locale}">${section(TEXTS[locale])}</section>`);
  const head = [
    '<meta charset="utf-8">',
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    '<meta name="color-scheme" content="light dark">',
    "<title>Vestibule</title>",
  ];
  return `<!doctype html>\n<html lang="en"><head>${head.join("")}</head><body><main>${sections.join("")}</main></body></html>\n`;
}
