import Link from "next/link";
import { getFormatter, getTranslations } from "next-intl/server";
import { Notice } from "@/components/ui/notice";
import type { ActivityEntry } from "@/lib/activity/activity.types";
import { toRefusalCause } from "@/lib/activity/refusal-causes";
import { routes } from "@/lib/routes";

type ActivityNoticeProps = {
  entry: ActivityEntry;
  /** Whether the log has events of the same request; a token, a list or a refusal changes nothing. */
  hasEvents: boolean;
};

/** What a request of an application was; why it was refused, and what to do about it, or what token it got. */
export async function ActivityNotice({ entry, hasEvents }: ActivityNoticeProps) {
  const { at, requestId, kind, reason, isProven, ip, application, person, method, path, status, scopes, jti } = entry;
  const [t, tUsage, tCauses, format] = await Promise.all([
    getTranslations("activityNotice"),
    getTranslations("usage"),
    getTranslations("refusalCauses"),
    getFormatter(),
  ]);
  const cause = reason === null ? undefined : toRefusalCause(kind, reason);
  const title = cause === undefined ? t("answeredTitle") : t("refusedTitle");
  return (
    <Notice tone={cause === undefined ? "info" : "warning"} role="note" aria-label={title}>
      <p className="font-semibold">
        {cause === undefined ? t("answered") : t("refused", { cause: tCauses(`titles.${cause}`) })}
      </p>
      {cause !== undefined && <p>{tCauses(`remedies.${cause}`)}</p>}
      <p>
        {application === null ? (
          t("noApplication")
        ) : (
          <Link
            href={routes.applications.activity(application.id, { request: requestId })}
            className="font-medium underline"
          >
            {application.name}
          </Link>
        )}
        {` · ${tUsage(`kinds.${kind}`)} · ${format.dateTime(at, "moment")} · `}
        <code className="font-mono wrap-anywhere">{ip}</code>
        {reason !== null && " · "}
        {reason !== null && <code className="font-mono wrap-anywhere">{reason}</code>}
      </p>
      <p>
        <code className="font-mono wrap-anywhere">{`${status} ${method} ${path}`}</code>
      </p>
      {jti !== null && (
        <p>{t("token", { person: person?.email ?? t("nobody"), scopes: scopes?.join(", ") || t("noScopes"), jti })}</p>
      )}
      {!hasEvents && <p>{t("noEvents")}</p>}
      {!isProven && <p>{tUsage("unproven")}</p>}
    </Notice>
  );
}
