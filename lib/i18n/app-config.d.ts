import type en from "@/messages/en.json";
import type { FORMATS } from "./formats";
import type { Locale as PortalLocale } from "./locales";

// Makes a key that does not exist a compile error. Augmenting takes an interface.
declare module "next-intl" {
  interface AppConfig {
    Locale: PortalLocale;
    Messages: typeof en;
    Formats: typeof FORMATS;
  }
}
