import Link from "next/link";
import { useTranslations } from "next-intl";
import { Card } from "@/components/ui/card";
import { RelativeTime } from "@/components/ui/relative-time";
import type { ActingApplication } from "@/lib/people/person.types";
import { routes } from "@/lib/routes";

/** Which applications got tokens to act for the person, how often, and when last. */
export function ActingApplicationsCard({ applications, now }: { applications: ActingApplication[]; now: Date }) {
  const t = useTranslations("person");
  return (
    <Card className="space-y-4">
      <div className="space-y-1">
        <h2 className="text-lg font-semibold">{t("applications")}</h2>
        <p className="text-sm text-ink-muted">{t("applicationsText")}</p>
      </div>
      {applications.length === 0 ? (
        <p className="text-ink-muted">{t("noApplications")}</p>
      ) : (
        <ul className="divide-y divide-line rounded-md border border-line">
          {applications.map(({ id, name, tokens, lastAt }) => (
            <li key={id} className="flex flex-wrap items-baseline justify-between gap-x-4 gap-y-1 px-4 py-2.5">
              {name === null ? (
                <span className="text-ink-muted">{t("deletedApplication")}</span>
              ) : (
                <Link href={routes.applications.detail(id)} className="min-w-0 font-medium break-words underline">
                  {name}
                </Link>
              )}
              <span className="text-sm text-ink-muted">
                {t("tokens", { count: tokens })} <RelativeTime value={lastAt} now={now} />
              </span>
            </li>
          ))}
        </ul>
      )}
    </Card>
  );
}
