"use client";

import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { Badge } from "@/components/ui/badge";
import { Card, CardHeading } from "@/components/ui/card";
import { Notice } from "@/components/ui/notice";
import { RelativeTime } from "@/components/ui/relative-time";
import { useLoadedPart } from "@/components/ui/use-loaded-part";
import type { AddedFactor, OwnSecondFactors } from "@/lib/staff/second-factor/second-factor.types";
import { AppRow } from "./app-row";
import { PasskeyRows } from "./passkey-rows";
import { RecoveryRow } from "./recovery-row";

type SecondFactorCardProps = {
  factors: OwnSecondFactors;
  /** The portal requires one and there is none: nothing else works until then. */
  isMissing: boolean;
  /** The address of the portal is one that passkeys work with. */
  arePasskeysOffered: boolean;
  now: Date;
};

/** What the portal asks for after the password, and the ways to change it. Codes that were made are shown once. */
export function SecondFactorCard({ factors, isMissing, arePasskeysOffered, now }: SecondFactorCardProps) {
  const t = useTranslations("secondFactor");
  const router = useRouter();
  const [codes, setCodes] = useState<string[] | null>(null);
  const { part: dialog, load } = useLoadedPart(() => import("./recovery-codes-dialog"));
  const { app, passkeys, recoveryCodes, resetAt } = factors;
  const isOn = app !== null || passkeys.length > 0;

  function take({ recoveryCodes: made }: AddedFactor) {
    setCodes(made);
    // The page behind a dialog that shows codes is rendered anew once they are stored.
    if (made === null) router.refresh();
  }

  return (
    <Card id="second-factor" className="space-y-5">
      <div className="flex flex-wrap items-start justify-between gap-3">
        <div className="min-w-0 flex-1">
          <CardHeading text={t("text")}>{t("title")}</CardHeading>
        </div>
        <Badge tone={isOn ? "success" : "neutral"}>{isOn ? t("on") : t("off")}</Badge>
      </div>
      {isMissing && <Notice tone="warning">{t("required")}</Notice>}
      {resetAt !== null && (
        <Notice tone="warning">
          <p>{t.rich("wasReset", { time: () => <RelativeTime value={resetAt} now={now} /> })}</p>
        </Notice>
      )}
      <ul className="divide-y divide-line rounded-md border border-line">
        <PasskeyRows passkeys={passkeys} areOffered={arePasskeysOffered} now={now} prepare={load} onAdded={take} />
        <AppRow app={app} now={now} prepare={load} onAdded={take} />
        <RecoveryRow codes={recoveryCodes} now={now} prepare={load} onMade={take} />
      </ul>
      {codes !== null && dialog !== undefined && (
        <dialog.RecoveryCodesDialog
          codes={codes}
          onClose={() => {
            setCodes(null);
            router.refresh();
          }}
        />
      )}
    </Card>
  );
}
