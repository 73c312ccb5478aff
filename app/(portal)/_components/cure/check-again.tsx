import Link from "next/link";
import { useTranslations } from "next-intl";
import { buttonStyles } from "@/components/ui/button";
import { Notice } from "@/components/ui/notice";
import { toReturnPath } from "@/lib/auth/return-path";
import { routes } from "@/lib/routes";

/** The way back to a refusal from where it is cured. Nothing for an address that leads out of the portal, or nowhere. */
export function CheckAgain({ back }: { back: string | string[] | undefined }) {
  const t = useTranslations("cures");
  const to = toReturnPath(back);
  if (to === routes.home()) return null;
  return (
    <Notice>
      <div className="flex flex-wrap items-center justify-between gap-3">
        <p>{t("cameFrom")}</p>
        <Link href={to} className={buttonStyles()}>
          {t("checkAgain")}
        </Link>
      </div>
    </Notice>
  );
}
