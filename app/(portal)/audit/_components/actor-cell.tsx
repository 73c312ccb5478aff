import Link from "next/link";
import { useTranslations } from "next-intl";
import type { AuditAddress } from "@/lib/audit/log/audit-log.schema";
import type { AuditLogEntry, AuditParty } from "@/lib/audit/log/audit-log.types";
import { toInvolved } from "@/lib/audit/log/involved";
import { routes } from "@/lib/routes";

type ActorCellProps = { entry: AuditLogEntry; address: AuditAddress };

/** Who did it, and for whom; from each of them the way to everything that involves them in the same time. */
export function ActorCell({ entry: { actor, onBehalfOf }, address }: ActorCellProps) {
  const t = useTranslations("audit");
  return (
    <>
      <Party party={actor} address={address} />
      {onBehalfOf !== null && (
        <span className="block text-xs text-ink-muted">
          {t.rich("onBehalfOf", { person: () => <Party party={onBehalfOf} address={address} /> })}
        </span>
      )}
    </>
  );
}

function Party({ party, address: { range, from, to, zone, involving } }: { party: AuditParty; address: AuditAddress }) {
  const tParties = useTranslations("auditParties");
  const name = party.name ?? tParties(party.kind);
  const { kind, id } = party;
  if (kind === "system" || kind === "pick_up_link" || id === null) return name;
  const involved = toInvolved({ kind, id });
  if (involved === involving) return name;
  const isApplication = kind === "application" || kind === "person";
  const address = { involving: involved, kind: isApplication ? ("all" as const) : undefined, range, from, to, zone };
  return (
    <Link href={routes.audit.list(address)} prefetch={false} className="hover:underline">
      {name}
    </Link>
  );
}
