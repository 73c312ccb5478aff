import { UserSearch } from "lucide-react";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { EmptyState } from "@/components/layout/empty-state";
import type { AuditAddress } from "@/lib/audit/log/audit-log.schema";
import { toInvolved } from "@/lib/audit/log/involved";
import type { InvolvedChoice } from "@/lib/audit/log/resolve-involved";
import type { AuditLinks } from "./audit-address";

type InvolvedChoicesProps = { choices: readonly InvolvedChoice[]; address: AuditAddress; links: AuditLinks };

/** Those that a text may mean, to choose from. Until one is chosen no event is shown: it would be of somebody else. */
export function InvolvedChoices({ choices, address, links }: InvolvedChoicesProps) {
  const t = useTranslations("audit");
  const tKinds = useTranslations("auditPartyKinds");
  const text = address.involving ?? "";
  if (choices.length === 0) {
    return (
      <div role="status">
        <EmptyState icon={<UserSearch />} title={t("nobodyTitle", { text })} text={t("nobodyText")} />
      </div>
    );
  }
  return (
    <section aria-labelledby="involved-choices" className="space-y-3">
      <div role="status">
        <h2 id="involved-choices" className="font-semibold">
          {t("which", { text, count: choices.length })}
        </h2>
      </div>
      <ul className="grid grid-cols-1 gap-2 sm:grid-cols-2 xl:grid-cols-3">
        {choices.map(({ kind, id, name, detail }) => (
          <li key={id}>
            <Link
              href={links({ ...address, involving: toInvolved({ kind, id }) })}
              scroll={false}
              className="block h-full rounded-lg border border-line bg-surface p-3 text-sm hover:bg-sunken"
            >
              <span className="block font-medium wrap-anywhere">{name}</span>
              <span className="block text-ink-muted">{tKinds(kind)}</span>
              {detail !== null && <span className="block text-xs text-ink-muted wrap-anywhere">{detail}</span>}
            </Link>
          </li>
        ))}
      </ul>
    </section>
  );
}
