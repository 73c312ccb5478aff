import { Check, X } from "lucide-react";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { FIRST_CALL_NEEDS, type FirstCall } from "@/lib/developers/snippets/check-first-call";
import { routes } from "@/lib/routes";

/** What the first call needs, each with a tick or with the page on which it is cured, and the whole trace of it. */
export function FirstCallNeeds({ applicationId, call }: { applicationId: string; call: FirstCall }) {
  const t = useTranslations("developers");
  const { email, met } = call;
  const domain = email.slice(email.lastIndexOf("@") + 1);
  const trace = routes.applications.checkAccess(applicationId, { email, scope: ["rooms:create"] });
  const cures = {
    active: routes.applications.detail(applicationId),
    secret: routes.applications.secrets(applicationId),
    scope: routes.applications.edit(applicationId),
    domain: routes.applications.delegation(applicationId),
    person: trace,
  };
  // Of a person in a domain that is not allowed nothing else is asked.
  const needs = FIRST_CALL_NEEDS.filter((need) => need !== "person" || met.domain);
  return (
    <div className="flex flex-wrap items-center gap-x-4 gap-y-1 text-sm">
      <ul aria-label={t("needs")} className="contents">
        {needs.map((need) => (
          <li key={need} className="flex min-h-6 min-w-0 items-start gap-1.5">
            {met[need] ? (
              <>
                <Check aria-hidden="true" className="mt-0.5 size-4 shrink-0 text-success" />
                <span className="min-w-0 wrap-anywhere">{t(`met.${need}`, { email, domain })}</span>
              </>
            ) : (
              <>
                <X aria-hidden="true" className="mt-0.5 size-4 shrink-0 text-danger" />
                <Link href={cures[need]} className="min-w-0 font-medium wrap-anywhere text-danger underline">
                  {t(`unmet.${need}`, { email, domain })}
                </Link>
              </>
            )}
          </li>
        ))}
      </ul>
      <Link href={trace} className="link min-h-6">
        {t("trace")}
      </Link>
    </div>
  );
}
