import Link from "next/link";
import { useTranslations } from "next-intl";
import { Card, CardHeading, CardRows } from "@/components/ui/card";
import { RelativeTime } from "@/components/ui/relative-time";
import type { ActingApplication } from "@/lib/people/person.types";
import { routes } from "@/lib/routes";

/** Which applications got tokens to act for the person, how often, and when last. */
export function ActingApplicationsCard({ applications, now }: { applications: ActingApplication[]; now: Date }) {
  const t = useTranslations("person");
  return (
    <Card className="space-y-4">
      <CardHeading text={t("applicationsText")}>{t("applications")}</CardHeading>
      <CardRows empty={t("noApplications")}>
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
      </CardRows>
    </Card>
  );
}
