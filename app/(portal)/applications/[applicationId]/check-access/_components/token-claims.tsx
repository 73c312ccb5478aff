import { useTranslations } from "next-intl";
import { Badge } from "@/components/ui/badge";

type TokenClaimsProps = { claims: Record<string, unknown>; examples: string[] };

/** What the token would say, by its names on the wire. What only a real token has is marked as an example. */
export function TokenClaims({ claims, examples }: TokenClaimsProps) {
  const t = useTranslations("checkAccess");
  return (
    <section className="space-y-3" aria-labelledby="check-claims">
      <h3 id="check-claims" className="font-semibold">
        {t("claims")}
      </h3>
      <p className="text-sm text-ink-muted">{t("claimsText")}</p>
      <dl className="divide-y divide-line rounded-md border border-line">
        {Object.entries(claims).map(([name, value]) => (
          <div key={name} className="grid grid-cols-1 gap-x-4 gap-y-0.5 px-4 py-2 sm:grid-cols-[9rem_1fr]">
            <dt className="font-mono text-sm text-ink-muted">{name}</dt>
            <dd className="flex min-w-0 flex-wrap items-center gap-x-3 font-mono text-sm">
              <span className="wrap-anywhere">{typeof value === "string" ? value : JSON.stringify(value)}</span>
              {examples.includes(name) && <Badge>{t("example")}</Badge>}
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
