import { useFormatter, useTranslations } from "next-intl";
import { Card, CardHeading } from "@/components/ui/card";
import { AUDIT_FIELDS, type AuditField, type AuditValue } from "@/lib/audit/audit-event";
import type { AuditFieldChange } from "@/lib/audit/log/audit-log.types";
import { ListDiff } from "../../_components/list-diff";

/** Every field that the event kept: what it was and what it became. */
export function ChangesCard({ changes }: { changes: AuditFieldChange[] }) {
  const t = useTranslations("auditEvent");
  return (
    <Card className="space-y-4">
      <CardHeading>{t("changes")}</CardHeading>
      {changes.length === 0 ? (
        <p className="text-ink-muted">{t("noChanges")}</p>
      ) : (
        <dl className="divide-y divide-line">
          {changes.map((change) => (
            <div
              key={change.field}
              className="grid grid-cols-1 gap-1 py-3 first:pt-0 last:pb-0 sm:grid-cols-[10rem_1fr] sm:gap-4"
            >
              <dt className="text-sm text-ink-muted">
                <FieldName field={change.field} />
              </dt>
              <dd className="min-w-0 break-words">
                <Change change={change} />
              </dd>
            </div>
          ))}
        </dl>
      )}
    </Card>
  );
}

const FIELDS: readonly string[] = Object.values(AUDIT_FIELDS).flat();

function FieldName({ field }: { field: string }) {
  const t = useTranslations("auditFields");
  return FIELDS.includes(field) ? t(field as AuditField) : field;
}

function Change({ change }: { change: AuditFieldChange }) {
  const t = useTranslations("auditEvent");
  if (change.kind === "list") {
    if (change.added.length + change.removed.length === 0) return t("nothing");
    return (
      <div className="text-sm">
        <ListDiff added={change.added} removed={change.removed} />
      </div>
    );
  }
  if (change.isNew) return <Value value={change.after} />;
  return (
    <div className="space-y-1">
      <p className="text-ink-muted">
        <span className="text-sm">{t("before")} </span>
        <del className="decoration-ink-muted">
          <Value value={change.before} />
        </del>
      </p>
      <p>
        <span className="text-sm text-ink-muted">{t("after")} </span>
        <ins className="no-underline">
          <Value value={change.after} />
        </ins>
      </p>
    </div>
  );
}

const MOMENT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d+)?Z$/;

function Value({ value }: { value: AuditValue }) {
  const t = useTranslations("auditEvent");
  const format = useFormatter();
  if (value === null || value === "") return <span className="text-ink-muted">{t("nothing")}</span>;
  if (typeof value === "boolean") return value ? t("yes") : t("no");
  const text = String(value);
  if (!MOMENT.test(text)) return <span className="break-words whitespace-pre-line">{text}</span>;
  return <time dateTime={text}>{format.dateTime(new Date(text), "moment")}</time>;
}
