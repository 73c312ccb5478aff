import { useTranslations } from "next-intl";

const PATHS = [
  ["/external-api/v1.0/application/token/", "/api/oauth/token"],
  ["/external-api/v1.0/rooms/", "/api/external/rooms"],
  ["/external-api/v1.0/rooms/{id}/grant-access/", "/api/external/rooms/{id}/accesses"],
] as const;

/** For applications that were written for La Suite Meet: what stays, and what is different here. */
export function MigrationSection() {
  const t = useTranslations("migration");
  return (
    <section aria-labelledby="migration" className="space-y-4">
      <div className="max-w-prose space-y-1">
        <h2 id="migration" className="text-lg font-semibold">
          {t("title")}
        </h2>
        <p className="text-ink-muted">{t("text")}</p>
      </div>
      <dl className="divide-y divide-line border-y border-line text-sm">
        {PATHS.map(([there, here]) => (
          <div key={there} className="grid grid-cols-1 gap-1 py-2.5 sm:grid-cols-2 sm:gap-4">
            <dt className="font-mono break-all text-ink-muted">{there}</dt>
            <dd className="font-mono break-all">{here}</dd>
          </div>
        ))}
      </dl>
      <ul className="max-w-prose list-disc space-y-2 pl-5">
        {[t("errors"), t("scope"), t("tokens"), t("rooms"), t("changes"), t("live"), t("absent")].map((difference) => (
          <li key={difference}>{difference}</li>
        ))}
      </ul>
    </section>
  );
}
