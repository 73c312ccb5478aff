import type { Route } from "next";
import { getTranslations } from "next-intl/server";
import { NewerOlder } from "@/components/layout/newer-older";

/** The way through the audit log, wherever it is shown. */
export async function AuditPaging({ newer, older }: { newer: Route | undefined; older: Route | undefined }) {
  const t = await getTranslations("audit");
  return <NewerOlder newer={newer} older={older} words={{ pages: t("pages"), newer: t("newer"), older: t("older") }} />;
}
