import { useTranslations } from "next-intl";
import { Definition } from "@/components/layout/definition";
import { Card, CardHeading } from "@/components/ui/card";
import { RelativeTime } from "@/components/ui/relative-time";
import type { ApplicationDetail } from "@/lib/applications/application.types";

/** What the application is, whom to ask about it, and since when it has been here. */
export function AboutCard({ application, now }: { application: ApplicationDetail; now: Date }) {
  const t = useTranslations("application");
  const { description, ownerContact, createdAt, createdByName, lastUsedAt } = application;
  const nothing = <span className="text-ink-muted">{t("notGiven")}</span>;
  return (
    <Card className="space-y-4">
      <CardHeading>{t("about")}</CardHeading>
      <dl className="space-y-4">
        <Definition term={t("description")}>
          {description === "" ? nothing : <p className="whitespace-pre-line">{description}</p>}
        </Definition>
        <Definition term={t("ownerContact")}>{ownerContact === "" ? nothing : ownerContact}</Definition>
        <Definition term={t("created")}>
          <RelativeTime value={createdAt} now={now} />
          {createdByName !== null && <span className="text-ink-muted"> {t("by", { name: createdByName })}</span>}
        </Definition>
        <Definition term={t("lastUsed")}>
          {lastUsedAt === null ? (
            <span className="text-ink-muted">{t("neverUsed")}</span>
          ) : (
            <RelativeTime value={lastUsedAt} now={now} />
          )}
        </Definition>
      </dl>
    </Card>
  );
}
