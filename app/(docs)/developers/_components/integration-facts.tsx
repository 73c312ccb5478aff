import Link from "next/link";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { SECRET_ENDS_HEADER } from "@/lib/oauth/http/secret-end-header";
import { routes } from "@/lib/routes";

/** What an application that runs for years has to know beside the reference: repetitions, versions, pages, new secrets. */
export function IntegrationFacts() {
  const t = useTranslations("integrationFacts");
  const code = (chunks: ReactNode) => <code className="font-mono text-sm text-ink">{chunks}</code>;
  const operation = (operationId: string) => (chunks: ReactNode) => (
    <Link href={routes.developers.operation(operationId)} className="link">
      {chunks}
    </Link>
  );
  const facts = [
    [t("retries"), t.rich("retriesText", { code, link: operation("createRoom") })],
    [t("versions"), t.rich("versionsText", { code, link: operation("updateRoom") })],
    [t("pages"), t.rich("pagesText", { code, link: operation("listRooms") })],
    [t("roles"), t.rich("rolesText", { code, link: operation("addRoomAccess") })],
    [t("secretEnds"), t.rich("secretEndsText", { code, header: () => code(SECRET_ENDS_HEADER) })],
    [t("newSecret"), t.rich("newSecretText", { code })],
  ] as const;
  return (
    <section aria-labelledby="integration-facts" className="space-y-4">
      <h2 id="integration-facts" className="text-lg font-semibold">
        {t("title")}
      </h2>
      <dl className="max-w-prose space-y-4">
        {facts.map(([term, text]) => (
          <div key={term} className="space-y-1">
            <dt className="font-semibold">{term}</dt>
            <dd className="text-ink-muted">{text}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
