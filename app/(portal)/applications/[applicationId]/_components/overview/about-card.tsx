import { CodeXml } from "lucide-react";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { Definition } from "@/components/layout/definition";
import { buttonStyles } from "@/components/ui/button";
import { Card, CardHeading } from "@/components/ui/card";
import { RelativeTime } from "@/components/ui/relative-time";
import type { ApplicationDetail } from "@/lib/applications/application.types";
import { routes } from "@/lib/routes";

type AboutCardProps = {
  application: ApplicationDetail;
  /** Null for the default of the portal. */
  tokenTtlSeconds: number | null;
  now: Date;
};

/** What the application is and may do, whom to ask about it, and since when it has been here. */
export function AboutCard({ application, tokenTtlSeconds, now }: AboutCardProps) {
  const t = useTranslations("application");
  const tAuthentication = useTranslations("authentication");
  const { description, ownerContact, scopes, createdAt, createdByName, lastUsedAt } = application;
  const nothing = <span className="text-ink-muted">{t("notGiven")}</span>;
  return (
    <Card className="space-y-4">
      <CardHeading>{t("about")}</CardHeading>
      <dl className="space-y-4">
        <Definition term={t("description")}>
          {description === "" ? nothing : <p className="whitespace-pre-line">{description}</p>}
        </Definition>
        <Definition term={t("ownerContact")}>{ownerContact === "" ? nothing : ownerContact}</Definition>
        <Definition term={t("scopes")}>
          <ScopeList scopes={scopes} />
        </Definition>
        <Definition term={tAuthentication("tokenTtl")}>
          {tokenTtlSeconds === null
            ? tAuthentication("tokenTtlDefault")
            : tAuthentication("tokenTtlValue", { seconds: tokenTtlSeconds })}
        </Definition>
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
      <Link href={routes.developers.start({ application: application.id })} className={buttonStyles()}>
        <CodeXml aria-hidden="true" />
        {t("integrate")}
      </Link>
    </Card>
  );
}

function ScopeList({ scopes }: Pick<ApplicationDetail, "scopes">) {
  const t = useTranslations("application");
  const tScopes = useTranslations("scopes");
  if (scopes.length === 0) return <p>{t("noScopes")}</p>;
  return (
    <ul className="space-y-2">
      {scopes.map((scope) => (
        <li key={scope}>
          <code className="rounded bg-sunken px-1.5 py-0.5 font-mono text-sm">{scope}</code>
          <span className="block text-sm text-ink-muted">{tScopes(scope)}</span>
        </li>
      ))}
    </ul>
  );
}
