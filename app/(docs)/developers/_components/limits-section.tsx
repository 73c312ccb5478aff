import { useTranslations } from "next-intl";
import { config } from "@/lib/env/config";
import { JSON_BODY_BYTES_MAX } from "@/lib/http/json-body";
import { ADDRESS_FAILURES, CLIENT_FAILURES } from "@/lib/machine/limits/failure-limits";

/** What the server allows, from its own configuration and constants. */
export function LimitsSection() {
  const t = useTranslations("limits");
  const { tokenTtlSeconds, externalApi, userProvisioning } = config();
  const facts = [
    [t("tokenLife"), t("seconds", { count: tokenTtlSeconds })],
    [t("failuresByClient"), t("perWindow", { count: CLIENT_FAILURES.quota, seconds: CLIENT_FAILURES.windowSeconds })],
    [
      t("failuresByAddress"),
      t("perWindow", { count: ADDRESS_FAILURES.quota, seconds: ADDRESS_FAILURES.windowSeconds }),
    ],
    [t("tokenBody"), t("kibibytes", { count: 16 })],
    [t("roomBody"), t("kibibytes", { count: JSON_BODY_BYTES_MAX / 1024 })],
    [t("accessLevel"), externalApi.defaultAccessLevel],
    [t("publicRooms"), externalApi.allowPublicAccess ? t("yes") : t("no")],
    [t("people"), userProvisioning === "just-in-time" ? t("justInTime") : t("existingOnly")],
  ] as const;
  return (
    <section aria-labelledby="limits" className="space-y-4">
      <h2 id="limits" className="text-lg font-semibold">
        {t("title")}
      </h2>
      <dl className="divide-y divide-line border-y border-line text-sm">
        {facts.map(([name, value]) => (
          <div key={name} className="grid grid-cols-1 gap-1 py-2.5 sm:grid-cols-2 sm:gap-4">
            <dt className="text-ink-muted">{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
