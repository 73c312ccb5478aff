"use client";

import { useTranslations } from "next-intl";
import { afterLoading } from "@/components/form/after-loading";
import { ConfirmedAction } from "@/components/form/confirmed-action";
import { RelativeTime } from "@/components/ui/relative-time";
import type { AddedFactor, OwnSecondFactors } from "@/lib/staff/second-factor/second-factor.types";
import { makeRecoveryCodesAction } from "../../second-factor/actions";
import { FactorRow } from "./factor-row";

type RecoveryRowProps = {
  codes: OwnSecondFactors["recoveryCodes"];
  now: Date;
  /** Loads what shows new codes; resolves with whether it is there. */
  prepare(): Promise<boolean>;
  onMade(made: AddedFactor): void;
};

/** How many recovery codes are left, and the way to new ones. */
export function RecoveryRow({ codes, now, prepare, onMade }: RecoveryRowProps) {
  const t = useTranslations("secondFactor");
  return (
    <FactorRow
      title={t("recovery")}
      text={t("recoveryText")}
      state={
        codes === null
          ? t("recoveryNone")
          : t.rich("recoveryLeft", {
              left: codes.left,
              time: () => <RelativeTime value={codes.createdAt} now={now} />,
            })
      }
    >
      {codes !== null && (
        <ConfirmedAction
          label={t("makeCodes")}
          question={{ title: t("makeCodesTitle"), description: t("makeCodesText"), cancelLabel: t("keepCodes") }}
          said={null}
          action={() => afterLoading(prepare, () => makeRecoveryCodesAction({}))}
          onSuccess={onMade}
        />
      )}
    </FactorRow>
  );
}
