import { useTranslations } from "next-intl";
import { Card } from "@/components/ui/card";
import type { StaffLinkKind } from "@/lib/staff/staff.types";
import { OneTimeLink } from "./one-time-link";

/** What a page shows that opens with a one-time link. */
export function OneTimeLinkCard({ title, kind }: { title: string; kind: StaffLinkKind }) {
  const t = useTranslations("oneTimeLink");
  return (
    <Card className="space-y-5">
      <h1 className="text-2xl font-semibold tracking-tight">{title}</h1>
      <noscript>
        <p>{t("needsScripts")}</p>
      </noscript>
      <OneTimeLink kind={kind} />
    </Card>
  );
}
