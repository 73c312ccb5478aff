import "server-only";

import { cookies, headers } from "next/headers";
import { getRequestConfig } from "next-intl/server";
import { FORMATS } from "./formats";
import { isLocale, LOCALE_COOKIE } from "./locales";
import { MESSAGES } from "./messages";
import { negotiateLocale } from "./negotiate-locale";
import { readTimeZone, TIME_ZONE_COOKIE } from "./time-zone-cookie";

// next-intl asks for a default export.
export default getRequestConfig(async ({ locale: asked }) => {
  const [jar, requestHeaders] = await Promise.all([cookies(), headers()]);
  const locale = isLocale(asked)
    ? asked
    : negotiateLocale(jar.get(LOCALE_COOKIE)?.value, requestHeaders.get("accept-language"));
  return {
    locale,
    messages: MESSAGES[locale],
    formats: FORMATS,
    timeZone: readTimeZone(jar.get(TIME_ZONE_COOKIE)?.value).zone,
    // One "now" for the page and for the browser: relative times read the same before and after hydration.
    now: new Date(),
  };
});
