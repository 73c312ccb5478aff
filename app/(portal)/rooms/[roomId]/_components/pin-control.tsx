"use client";

import { useTranslations } from "next-intl";
import { useState, useTransition } from "react";
import { FormFailure } from "@/components/form/form-failure";
import { useActionCall } from "@/components/form/use-action-call";
import { Button } from "@/components/ui/button";
import { useIsHydrated } from "@/components/ui/use-is-hydrated";
import type { ActionError } from "@/lib/actions/action-result";
import { revealRoomPinAction } from "../../actions";

/** The PIN stays hidden until somebody asks for it, and is forgotten when it is hidden again. */
export function PinControl({ roomId }: { roomId: string }) {
  const t = useTranslations("roomControls");
  const isHydrated = useIsHydrated();
  const call = useActionCall();
  const [pin, setPin] = useState<string>();
  const [failure, setFailure] = useState<ActionError>();
  const [isBusy, startTransition] = useTransition();

  function toggle() {
    if (isBusy) return;
    setFailure(undefined);
    if (pin !== undefined) return setPin(undefined);
    startTransition(async () => {
      const result = await call(() => revealRoomPinAction({ roomId }));
      if (!result.ok) return setFailure(result.error);
      setPin(result.data.pin);
    });
  }

  return (
    <div className="space-y-2">
      <div className="flex flex-wrap items-center gap-3">
        <span aria-live="polite" className="font-mono">
          {pin ?? <span className="font-sans text-ink-muted">{t("pinHidden")}</span>}
        </span>
        <Button disabled={!isHydrated} aria-disabled={isBusy || undefined} onClick={toggle}>
          {pin === undefined ? t("reveal") : t("hide")}
        </Button>
      </div>
      <p className="text-sm text-ink-muted">{t("revealHint")}</p>
      {failure !== undefined && <FormFailure error={failure} />}
    </div>
  );
}
