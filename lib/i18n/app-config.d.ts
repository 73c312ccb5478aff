import type { FORMATS } from "./formats";
import type { Locale as PortalLocale } from "./locales";
import type { Catalogue } from "./messages";

// Makes a key that does not exist a compile error. Augmenting takes an interface.
declare module "next-intl" {
  interface AppConfig {
    Locale: PortalLocale;
    Messages: Catalogue;
    Formats: typeof FORMATS;
  }
}
