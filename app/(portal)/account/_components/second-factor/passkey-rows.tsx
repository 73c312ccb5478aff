"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { ConfirmedAction } from "@/components/form/confirmed-action";
import { FormFailure } from "@/components/form/form-failure";
import { Button } from "@/components/ui/button";
import { RelativeTime } from "@/components/ui/relative-time";
import { useIsHydrated } from "@/components/ui/use-is-hydrated";
import { useLoadedPart } from "@/components/ui/use-loaded-part";
import type { AddedFactor, OwnPasskey } from "@/lib/staff/second-factor/second-factor.types";
import { removePasskeyAction } from "../../second-factor/actions";
import { FactorRow } from "./factor-row";

type PasskeyRowsProps = {
  passkeys: OwnPasskey[];
  /** Whether the address of the portal is one that passkeys work with. */
  areOffered: boolean;
  now: Date;
  /** Loads what shows the codes that come with the first factor; resolves with whether it is there. */
  prepare(): Promise<boolean>;
  onAdded(added: AddedFactor): void;
};

/** The passkeys there are, each with its name, and the way to one more. */
export function PasskeyRows({ passkeys, areOffered, now, prepare, onAdded }: PasskeyRowsProps) {
  const t = useTranslations("secondFactor");
  const [isAdding, setIsAdding] = useState(false);
  const [renamed, setRenamed] = useState<OwnPasskey>();
  const isHydrated = useIsHydrated();
  const { part, failure, load } = useLoadedPart(async () => {
    if (!(await prepare())) throw new Error("What shows recovery codes has not come.");
    return import("./passkey-dialogs");
  });

  return (
    <FactorRow
      title={t("passkeys")}
      text={areOffered ? t("passkeysText") : t("passkeysNeedName")}
      list={
        passkeys.length === 0 ? undefined : (
          <ul className="divide-y divide-line border-t border-line">
            {passkeys.map((passkey) => (
              <li key={passkey.id} className="flex flex-wrap items-center justify-between gap-3 py-3 last:pb-0">
                <div className="min-w-0">
                  <p className="font-medium wrap-anywhere">{passkey.name}</p>
                  <p className="text-ink-muted">
                    {t.rich("passkeyTimes", {
                      added: () => <RelativeTime value={passkey.createdAt} now={now} />,
                      used: () => <LastUsed at={passkey.lastUsedAt} now={now} />,
                    })}
                  </p>
                </div>
                <div className="flex flex-wrap gap-2">
                  <Button
                    disabled={!isHydrated}
                    aria-label={t("renamePasskeyNamed", { name: passkey.name })}
                    onClick={async () => (await load()) && setRenamed(passkey)}
                  >
                    {t("renamePasskey")}
                  </Button>
                  <ConfirmedAction
                    label={t("removePasskey")}
                    accessibleLabel={t("removePasskeyNamed", { name: passkey.name })}
                    question={{
                      title: t("removePasskeyTitle", { name: passkey.name }),
                      description: t("removePasskeyText"),
                      cancelLabel: t("keep"),
                    }}
                    said={t("passkeyRemoved")}
                    action={() => removePasskeyAction({ passkeyId: passkey.id })}
                  />
                </div>
              </li>
            ))}
          </ul>
        )
      }
    >
      {areOffered && (
        <Button disabled={!isHydrated} onClick={async () => (await load()) && setIsAdding(true)}>
          {t("addPasskey")}
        </Button>
      )}
      {failure !== undefined && <FormFailure error={failure} />}
      {isAdding && part !== undefined && (
        <part.AddPasskeyDialog
          onCancel={() => setIsAdding(false)}
          onAdded={(added) => {
            setIsAdding(false);
            onAdded(added);
          }}
        />
      )}
      {renamed !== undefined && part !== undefined && (
        <part.RenamePasskeyDialog passkey={renamed} onClose={() => setRenamed(undefined)} />
      )}
    </FactorRow>
  );
}

function LastUsed({ at, now }: { at: Date | null; now: Date }) {
  const t = useTranslations("secondFactor");
  return at === null
    ? t("passkeyNeverUsed")
    : t.rich("passkeyUsed", { time: () => <RelativeTime value={at} now={now} /> });
}
