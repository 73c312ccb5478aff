import "server-only";

import { LOCALES, type Locale } from "@/lib/i18n/locales";
import en from "@/messages/en/entrance.json" with { type: "json" };
import fr from "@/messages/fr/entrance.json" with { type: "json" };

const TEXTS: Readonly<Record<Locale, typeof en>> = { en, fr };

/**
 * The page for whoever came to the portal by another name: all languages on one page, no script and no style, because
 * nothing that it would load is answered under that name. Repeats nothing of the request.
 */
export function wrongAddressPage(publicUrl: string): string {
  const address = publicUrl.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll('"', "&quot;");
  const sections = LOCALES.map((locale) => {
    const { title, open, operator } = TEXTS[locale].wrongAddress;
    const link = `<a href="${address}">${address}</a>`;
    return `<section lang="${locale}"><h1>${title}</h1><p>${open} ${link}</p><p>${operator}</p></section>`;
  });
  const head = [
    '<meta charset="utf-8">',
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    '<meta name="color-scheme" content="light dark">',
    "<title>Vestibule</title>",
  ];
  return `<!doctype html>\n<html lang="en"><head>${head.join("")}</head><body><main>${sections.join("")}</main></body></html>\n`;
}
