import Link from "next/link";
import { getFormatter, getTranslations } from "next-intl/server";
import { Notice } from "@/components/ui/notice";
import { routes } from "@/lib/routes";
import { findRefusedCall } from "@/lib/usage/find-refused-call";
import { toRefusalCause } from "@/lib/usage/refusal-causes";

/**
 * Why the request with this id was refused, if it was: a refusal changes nothing, so the log itself does not hold it.
 */
export async function RefusedCallNotice({ requestId }: { requestId: string }) {
  const call = await findRefusedCall(requestId);
  if (call === undefined) return null;
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
      {!isProven && <p>{tUsage("unproven")}</p>}
    </Notice>
  );
}
