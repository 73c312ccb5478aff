import { useLocale, useTranslations } from "next-intl";
import { cn } from "@/lib/cn";
import { LOCALES } from "@/lib/i18n/locales";
import { THEMES, type Theme } from "@/lib/i18n/themes";

type FormAction = (form: FormData) => Promise<void>;

export type PreferencesProps = { theme: Theme; setLocale: FormAction; setTheme: FormAction; className?: string };

/** The choice of language and colours. Plain forms: they work before, and without, scripts. */
export function Preferences({ theme, setLocale, setTheme, className }: PreferencesProps) {
  const t = useTranslations("preferences");
  const locale = useLocale();
  return (
    <div className={cn("flex flex-wrap gap-x-6 gap-y-4", className)}>
      <form action={setLocale}>
        <Choice legend={t("language")}>
          {LOCALES.map((value) => (
            <ChoiceButton key={value} name="locale" value={value} isChosen={value === locale} lang={value}>
              {t(`languages.${value}`)}
            </ChoiceButton>
          ))}
        </Choice>
      </form>
      <form action={setTheme}>
        <Choice legend={t("theme")}>
          {THEMES.map((value) => (
            <ChoiceButton key={value} name="theme" value={value} isChosen={value === theme}>
              {t(`themes.${value}`)}
            </ChoiceButton>
          ))}
        </Choice>
      </form>
    </div>
  );
}

function Choice({ legend, children }: { legend: string; children: React.ReactNode }) {
  return (
    <fieldset>
      <legend className="mb-1.5 text-xs font-semibold text-ink-muted">{legend}</legend>
      <div className="inline-flex rounded-md border border-line bg-sunken p-0.5">{children}</div>
    </fieldset>
  );
}

type ChoiceButtonProps = { name: string; value: string; isChosen: boolean; lang?: string; children: React.ReactNode };

function ChoiceButton({ isChosen, children, ...button }: ChoiceButtonProps) {
  return (
    <button
      type="submit"
      aria-pressed={isChosen}
      className={cn(
        "min-h-8 rounded px-3 text-sm text-ink-muted hover:text-ink",
        isChosen && "bg-surface font-semibold text-ink shadow-sm ring-1 ring-line-strong",
      )}
      {...button}
    >
      {children}
    </button>
  );
}
