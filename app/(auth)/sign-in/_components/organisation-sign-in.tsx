import { useTranslations } from "next-intl";
import { buttonStyles } from "@/components/ui/button";
import { routes } from "@/lib/routes";

/** The way in through the provider. A plain link: it leads away, and must not be fetched before somebody means it. */
export function OrganisationSignIn({ label, returnTo }: { label: string | undefined; returnTo: string }) {
  const t = useTranslations("signIn");
  return (
    <>
      <p className="flex items-center gap-3 text-sm text-ink-muted before:h-px before:flex-1 before:bg-line after:h-px after:flex-1 after:bg-line">
        {t("or")}
      </p>
      <a
        href={routes.organisation.start(returnTo === routes.home() ? {} : { to: returnTo })}
        className={buttonStyles({ className: "w-full" })}
      >
        {t("organisation", { label: label ?? t("yourOrganisation") })}
      </a>
    </>
  );
}
