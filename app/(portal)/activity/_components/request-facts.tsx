import type { Route } from "next";
import Link from "next/link";
import { useFormatter, useTimeZone, useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { EmailAddress } from "@/components/ui/email-address";
import type { ActivityEntry } from "@/lib/activity/activity.types";
import { routes } from "@/lib/routes";
import { DEFAULT_TIME_ZONE } from "@/lib/time";
import type { ActivityAddress } from "./activity-address";

type RequestFactsProps = { entry: ActivityEntry; address: ActivityAddress };

/** Everything that is known of a request, and from each fact the way to what it belongs to. */
export function RequestFacts({ entry, address }: RequestFactsProps) {
  const t = useTranslations("activity");
  const format = useFormatter();
  const zone = useTimeZone() ?? DEFAULT_TIME_ZONE;
  const { at, application, isProven, person, credential, roomId, scopes, jti, ip, durationUs, requests } = entry;
  const applicationId = application?.id;
  const narrowedTo = (what: { person: string } | { secret: string }) =>
    address({ application: applicationId, ...what } as Parameters<ActivityAddress>[0]);
  return (
    <dl className="space-y-3 text-sm">
      <Fact term={t("columns.time", { zone })}>
        <time dateTime={at.toISOString()}>{format.dateTime(at, "second")}</time>
      </Fact>
      <Fact term={t("columns.application")}>
        {application === null ? (
          t("noApplication")
        ) : isProven ? (
          <FactLink href={routes.applications.detail(application.id)}>{application.name}</FactLink>
        ) : (
          t("claimed", { name: application.name })
        )}
      </Fact>
      {person !== null && (
        <Fact term={t("columns.person")}>
          <FactLink href={routes.people.detail(person.id)}>
            <EmailAddress>{person.email}</EmailAddress>
          </FactLink>
          <FactLink href={narrowedTo({ person: person.id })}>{t("allForPerson")}</FactLink>
        </Fact>
      )}
      {person === null && entry.domain !== null && (
        <Fact term={t("columns.domain")}>
          <code className="font-mono">{entry.domain}</code>
        </Fact>
      )}
      {credential !== null && (
        <Fact term={t("columns.secret")}>
          <code className="font-mono">
            {credential.kind === "secret" ? `…${credential.hint}` : t("key", { kid: credential.hint })}
          </code>
          <FactLink href={narrowedTo({ secret: credential.id })}>{t("allBySecret")}</FactLink>
        </Fact>
      )}
      <Fact term={t("columns.address")}>
        <code className="font-mono">{ip}</code>
      </Fact>
      {roomId !== null && (
        <Fact term={t("room")}>
          <FactLink href={routes.rooms.detail(roomId)}>
            <code className="font-mono text-xs">{roomId}</code>
          </FactLink>
        </Fact>
      )}
      {jti !== null && (
        <Fact term={t("token")}>
          <code className="font-mono text-xs">{jti}</code>
          <span className="block text-ink-muted">{scopes?.join(", ") || t("noScopes")}</span>
        </Fact>
      )}
      <Fact term={t("duration")}>{t("milliseconds", { time: format.number(durationUs / 1_000) })}</Fact>
      {requests > 1 && <Fact term={t("requestsAlike")}>{format.number(requests)}</Fact>}
    </dl>
  );
}

function Fact({ term, children }: { term: string; children: ReactNode }) {
  return (
    <div>
      <dt className="text-ink-muted">{term}</dt>
      <dd className="min-w-0 wrap-anywhere">{children}</dd>
    </div>
  );
}

function FactLink({ href, children }: { href: Route; children: ReactNode }) {
  return (
    <Link href={href} className="flex min-h-6 w-fit items-center underline underline-offset-4 hover:text-accent">
      {children}
    </Link>
  );
}
