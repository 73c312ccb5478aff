import Link from "next/link";
import { getFormatter, getTranslations } from "next-intl/server";
import { Notice } from "@/components/ui/notice";
import { routes } from "@/lib/routes";
import { toRefusalCause } from "@/lib/usage/refusal-causes";
import type { RefusedCall } from "@/lib/usage/usage.types";

type RefusedCallNoticeProps = {
  call: RefusedCall;
  /** Whether the log has events of the same request; almost always a refusal changes nothing. */
  hasEvents: boolean;
};

/** Why a request was refused, and what to do about it. */
export async function RefusedCallNotice({ call, hasEvents }: RefusedCallNoticeProps) {
  const { at, kind, reason, isProven, ip, application } = call;
  const [t, tUsage, tCauses, format] = await Promise.all([
    getTranslations("refusedCall"),
    getTranslations("usage"),
    getTranslations("refusalCauses"),
    getFormatter(),
  ]);
  const cause = toRefusalCause(kind, reason);
  return (
    <Notice tone="warning" role="note" aria-label={t("title")}>
      <p className="font-semibold">{t("sentence", { cause: tCauses(`titles.${cause}`) })}</p>
      <p>{tCauses(`remedies.${cause}`)}</p>
      <p>
        <Link href={routes.applications.usage(application.id)} className="font-medium underline">
          {application.name}
        </Link>
        {` · ${tUsage(`kinds.${kind}`)} · ${format.dateTime(at, "moment")} · `}
        <code className="font-mono wrap-anywhere">{ip}</code>
        {" · "}
        <code className="font-mono wrap-anywhere">{reason}</code>
      </p>
      {!hasEvents && <p>{t("noEvents")}</p>}
      {!isProven && <p>{tUsage("unproven")}</p>}
    </Notice>
  );
}
