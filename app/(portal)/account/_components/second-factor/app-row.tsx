"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { afterLoading } from "@/components/form/after-loading";
import { ConfirmedAction } from "@/components/form/confirmed-action";
import { RelativeTime } from "@/components/ui/relative-time";
import { useLoadedPart } from "@/components/ui/use-loaded-part";
import type { AddedFactor, OfferedApp, OwnSecondFactors } from "@/lib/staff/second-factor/second-factor.types";
import { offerAuthenticatorAppAction, removeAuthenticatorAppAction } from "../../second-factor/actions";
import { FactorRow } from "./factor-row";

type AppRowProps = {
  app: OwnSecondFactors["app"];
  now: Date;
  /** Loads what shows the codes that come with the first factor; resolves with whether it is there. */
  prepare(): Promise<boolean>;
  onAdded(added: AddedFactor): void;
};

/** The authenticator app. The one there is stays in force until another has shown a right code. */
export function AppRow({ app, now, prepare, onAdded }: AppRowProps) {
  const t = useTranslations("secondFactor");
  const [offered, setOffered] = useState<OfferedApp>();
  const { part, load } = useLoadedPart(() => import("./app-dialog"));

  return (
    <FactorRow
      title={t("app")}
      text={t("appText")}
      state={
        app === null
          ? t("appNone")
          : t.rich("appTimes", {
              added: () => <RelativeTime value={app.addedAt} now={now} />,
              used: () => <LastUsed at={app.lastUsedAt} now={now} />,
            })
      }
    >
      <ConfirmedAction
        label={t(app === null ? "addApp" : "replaceApp")}
        said={null}
        action={() =>
          afterLoading(
            async () => !(await Promise.all([load(), prepare()])).includes(false),
            () => offerAuthenticatorAppAction({}),
          )
        }
        onSuccess={setOffered}
      />
      {app !== null && (
        <ConfirmedAction
          label={t("removeApp")}
          accessibleLabel={t("removeAppNamed")}
          question={{ title: t("removeAppTitle"), description: t("removeAppText"), cancelLabel: t("keep") }}
          said={t("appRemoved")}
          action={() => removeAuthenticatorAppAction({})}
        />
      )}
      {offered !== undefined && part !== undefined && (
        <part.AppDialog
          offered={offered}
          onCancel={() => setOffered(undefined)}
          onAdded={(added) => {
            setOffered(undefined);
            onAdded(added);
          }}
        />
      )}
    </FactorRow>
  );
}

function LastUsed({ at, now }: { at: Date | null; now: Date }) {
  const t = useTranslations("secondFactor");
  return at === null ? t("neverUsed") : t.rich("appUsed", { time: () => <RelativeTime value={at} now={now} /> });
}
