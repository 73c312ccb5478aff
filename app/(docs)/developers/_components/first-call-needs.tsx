import { Check, X } from "lucide-react";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { FIRST_CALL_NEEDS, type FirstCall } from "@/lib/developers/snippets/check-first-call";
import { routes } from "@/lib/routes";

/** What the snippets need, each with a tick or with the page on which it is given. */
export function FirstCallNeeds({ applicationId, call }: { applicationId: string; call: FirstCall }) {
  const t = useTranslations("developers");
  const pages = {
    active: routes.applications.detail(applicationId),
    secret: routes.applications.secrets(applicationId),
    scope: routes.applications.edit(applicationId),
    person: routes.applications.delegation(applicationId),
  };
  return (
    <ul aria-label={t("needs")} className="flex flex-wrap gap-x-6 gap-y-2 text-sm">
      {FIRST_CALL_NEEDS.map((need) => (
        <li key={need} className="flex items-start gap-2">
          {call.met[need] ? (
            <>
              <Check aria-hidden="true" className="mt-0.5 size-4 shrink-0 text-success" />
              <span className="wrap-anywhere">{t(`met.${need}`, { email: call.email })}</span>
            </>
          ) : (
            <>
              <X aria-hidden="true" className="mt-0.5 size-4 shrink-0 text-danger" />
              <Link href={pages[need]} className="font-medium wrap-anywhere text-danger underline">
                {t(`unmet.${need}`, { email: call.email })}
              </Link>
            </>
          )}
        </li>
      ))}
    </ul>
  );
}
