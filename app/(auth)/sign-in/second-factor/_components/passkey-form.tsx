"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { FormFailure } from "@/components/form/form-failure";
import { answerWithPasskey } from "@/components/form/identity/ask-passkey";
import { SubmitButton } from "@/components/form/submit-button";
import { useIsHydrated } from "@/components/ui/use-is-hydrated";
import type { ActionError } from "@/lib/actions/action-result";
import { askPasskeyAction, finishPasskeySignInAction } from "../actions";

/** Asks the browser for a passkey. Nothing happens before somebody presses: browsers want that, and people too. */
export function PasskeyForm({ returnTo }: { returnTo: string }) {
  const t = useTranslations("secondFactorSignIn");
  const isHydrated = useIsHydrated();
  const [failure, setFailure] = useState<ActionError>();
  const [isBusy, setIsBusy] = useState(false);

  async function ask() {
    setFailure(undefined);
    setIsBusy(true);
    const result = await answerWithPasskey(
      () => askPasskeyAction({}),
      (passkey) => finishPasskeySignInAction({ passkey, to: returnTo }),
    );
    // What was right leads away from here by itself.
    if (!result.ok) setFailure(result.error);
    setIsBusy(false);
  }

  return (
    <div className="space-y-5">
      <SubmitButton isBusy={isBusy} disabled={!isHydrated} onClick={() => void ask()} className="w-full">
        {t("passkey")}
      </SubmitButton>
      {failure !== undefined && <FormFailure error={failure} />}
    </div>
  );
}
