import { useTranslations } from "next-intl";
import { AUDIT_FIELDS, type AuditAction } from "@/lib/audit/audit-event";
import type { AuditLogEntry, AuditParty } from "@/lib/audit/log/audit-log.types";

/** What happened, as one would tell a colleague: who did what to what. */
export function AuditSentence({ entry }: { entry: AuditLogEntry }) {
  const t = useTranslations("auditSentences");
  const tParties = useTranslations("auditParties");
  const { action } = entry;
  // A newer version of the product may have written it, before somebody went back to this one.
  if (!isKnownAction(action)) return <code className="font-mono text-sm">{action}</code>;
  return t.rich(action, {
    ...partsOf(entry, (kind) => tParties(kind)),
    b: (chunks) => <b className="font-semibold wrap-anywhere">{chunks}</b>,
  });
}

type Translate<Namespace extends "auditSentences" | "auditParties"> = ReturnType<typeof useTranslations<Namespace>>;

/** The same sentence for what is no page: plain text. */
export function sayAuditEvent(
  entry: AuditLogEntry,
  t: Translate<"auditSentences">,
  tParties: Translate<"auditParties">,
): string {
  const { action } = entry;
  if (!isKnownAction(action)) return action;
  return t.markup(action, { ...partsOf(entry, (kind) => tParties(kind)), b: (chunks) => chunks });
}

function partsOf(
  { actor, onBehalfOf, target, changes }: AuditLogEntry,
  nameKind: (kind: AuditParty["kind"]) => string,
) {
  const nameOf = (party: AuditParty) => party.name ?? nameKind(party.kind);
  return {
    actor: nameOf(actor),
    target: nameOf(target),
    hasTarget: yesOrNo(target.id !== null),
    person: onBehalfOf === null ? "" : nameOf(onBehalfOf),
    hasPerson: yesOrNo(onBehalfOf !== null),
    changed: changes.length === 1 ? (changes[0]?.field ?? "") : "",
  };
}

function isKnownAction(action: string): action is AuditAction {
  return Object.hasOwn(AUDIT_FIELDS, action);
}

/** What `select` in a message understands. */
function yesOrNo(condition: boolean): "yes" | "no" {
  return condition ? "yes" : "no";
}
