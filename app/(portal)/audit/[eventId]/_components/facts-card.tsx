import type { Route } from "next";
import Link from "next/link";
import { useFormatter, useTranslations } from "next-intl";
import { Definition } from "@/components/layout/definition";
import { Card, CardHeading } from "@/components/ui/card";
import type { AuditLogEntry, AuditParty } from "@/lib/audit/log/audit-log.types";
import { routes } from "@/lib/routes";
import { linkToParty } from "./link-to-party";

/** Who, when, from where, to what; and from each of them the way to everything else it did. */
export function FactsCard({ entry }: { entry: AuditLogEntry }) {
  const t = useTranslations("auditEvent");
  const tParties = useTranslations("auditParties");
  const format = useFormatter();
  const { id, at, action, actor, onBehalfOf, target, ip, requestId } = entry;
  const nameOf = (party: AuditParty) => party.name ?? tParties(party.kind);
  const actorFilter = actor.kind === "staff_member" ? "staff" : actor.kind;
  return (
    <Card className="space-y-4">
      <CardHeading>{t("facts")}</CardHeading>
      <dl className="space-y-4">
        <Definition term={t("at")}>
          <time dateTime={at.toISOString()}>{format.dateTime(at, "moment")}</time>
          <code className="block font-mono text-xs text-ink-muted">{at.toISOString()}</code>
        </Definition>
        <Definition term={t("action")}>
          <code className="font-mono text-sm">{action}</code>
        </Definition>
        <Definition term={t("actor")}>
          <Party party={actor} name={nameOf(actor)} />
          <More
            href={routes.audit.list({ actor: actor.id === null ? actorFilter : `${actorFilter}:${actor.id}` })}
            text={t("allBy", { name: nameOf(actor) })}
          />
        </Definition>
        {onBehalfOf !== null && (
          <Definition term={t("onBehalfOf")}>
            <Party party={onBehalfOf} name={nameOf(onBehalfOf)} />
            {onBehalfOf.id !== null && (
              <More
                href={routes.audit.list({ person: onBehalfOf.id })}
                text={t("allFor", { name: nameOf(onBehalfOf) })}
              />
            )}
          </Definition>
        )}
        {target.id !== null && (
          <Definition term={t("target")}>
            <Party party={target} name={nameOf(target)} />
            <More
              href={routes.audit.list({ target: `${target.kind}:${target.id}` })}
              text={t("allAbout", { name: nameOf(target) })}
            />
          </Definition>
        )}
        <Definition term={t("ip")}>
          {ip === null ? t("none") : <code className="font-mono text-sm">{ip}</code>}
        </Definition>
        <Definition term={t("request")}>
          {requestId === null ? (
            t("none")
          ) : (
            <>
              <code className="font-mono text-xs wrap-anywhere">{requestId}</code>
              <More href={routes.audit.list({ request: requestId })} text={t("allInRequest")} />
            </>
          )}
        </Definition>
        <Definition term={t("id")}>
          <code className="font-mono text-xs wrap-anywhere">{id}</code>
        </Definition>
      </dl>
    </Card>
  );
}

/** The name, as a link where there is still something to look at, and the id, which outlives every name. */
function Party({ party, name }: { party: AuditParty; name: string }) {
  const href = linkToParty(party);
  return (
    <>
      {href === undefined ? (
        name
      ) : (
        <Link href={href} className="underline underline-offset-4 hover:text-accent">
          {name}
        </Link>
      )}
      {party.id !== null && <code className="block font-mono text-xs wrap-anywhere text-ink-muted">{party.id}</code>}
    </>
  );
}

function More({ href, text }: { href: Route; text: string }) {
  return (
    <Link href={href} className="block w-fit text-sm text-accent underline underline-offset-4">
      {text}
    </Link>
  );
}
