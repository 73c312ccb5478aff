import { getTranslations } from "next-intl/server";
import type { ApplicationDetail } from "@/lib/applications/application.types";
import type { AuditLogEntry } from "@/lib/audit/log/audit-log.types";
import { config } from "@/lib/env/config";
import type { PersonDetail } from "@/lib/people/person.types";
import { getIssuance } from "@/lib/tokens/get-issuance";
import { revokeAllTokensPhrase } from "@/lib/tokens/revoke-all-tokens";
import { sayAuditEvent } from "../../_components/audit-sentence";

type ReportFacts = {
  application: ApplicationDetail | undefined;
  person: PersonDetail | undefined;
  staffName: string;
  since: Date;
  now: Date;
  /** Newest first. */
  entries: AuditLogEntry[];
  hasMore: boolean;
};

/**
 * Writes what was done, when, by whom and from where, and how things stand now, as plain text for a ticket or a mail.
 * Times are in UTC and to the second: it is read beside other logs, by people elsewhere.
 */
export async function writeReport(facts: ReportFacts): Promise<string> {
  const { application, person, staffName, since, now, entries, hasMore } = facts;
  const [{ activeApplications, allRevokedUntil }, t, tIncident, tSentences, tParties] = await Promise.all([
    getIssuance(),
    getTranslations("incidentReport"),
    getTranslations("incident"),
    getTranslations("auditSentences"),
    getTranslations("auditParties"),
  ]);
  const { count, hasMore: hasMoreActive } = activeApplications;
  const choice = (value: boolean) => String(value);
  return [
    t("title", { installation: revokeAllTokensPhrase(config()) }),
    t("made", { time: utc(now), name: staffName }),
    "",
    t("state"),
    ...(application === undefined
      ? []
      : [
          t("application", {
            name: application.name,
            clientId: application.clientId,
            isActive: choice(application.isActive),
          }),
        ]),
    ...(person === undefined
      ? []
      : [
          t("person", {
            email: person.email,
            isActive: choice(person.isActive),
            isDelegationAllowed: choice(person.isDelegationAllowed),
          }),
        ]),
    hasMoreActive ? tIncident("moreActiveApplications", { count }) : tIncident("activeApplications", { count }),
    allRevokedUntil === null
      ? tIncident("neverAllRevoked")
      : tIncident("allRevokedUntil", { time: utc(allRevokedUntil) }),
    "",
    t("changes", { from: utc(since), to: utc(now) }),
    ...(hasMore ? [t("more", { count: entries.length })] : []),
    ...(entries.length === 0 ? [t("none")] : []),
    ...entries.toReversed().map((entry) =>
      t("line", {
        time: utc(entry.at),
        sentence: sayAuditEvent(entry, tSentences, tParties),
        ip: entry.ip ?? "–",
      }),
    ),
    "",
  ].join("\n");
}

function utc(moment: Date): string {
  return `${moment.toISOString().slice(0, 19)}Z`;
}
