import { useTranslations } from "next-intl";

export const MAIN_ID = "main";

/** The first thing a keyboard reaches: past the navigation, straight to the page. */
export function SkipLink() {
  const t = useTranslations("shell");
  return (
    <a
      href={`#${MAIN_ID}`}
      className="sr-only z-50 rounded-md bg-accent px-4 py-2 font-medium text-on-accent focus:not-sr-only focus:fixed focus:top-3 focus:left-3"
    >
      {t("skip")}
    </a>
  );
}
