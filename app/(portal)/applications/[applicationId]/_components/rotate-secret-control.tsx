"use client";

import { useTranslations } from "next-intl";
import { useRef, useState } from "react";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { useIsHydrated } from "@/components/ui/use-is-hydrated";
import type { IssuedCredentials } from "@/lib/applications/application.types";
import { useSecretReveal } from "../../_components/secret-reveal-provider";
import { type ReplaceableSecret, RotateSecretForm } from "./rotate-secret-form";

type RotateSecretControlProps = { applicationId: string; secrets: ReplaceableSecret[] };

/** Makes a new secret and lets somebody choose when the old ones end. The new one is shown once its dialog has opened. */
export function RotateSecretControl({ applicationId, secrets }: RotateSecretControlProps) {
  const t = useTranslations("secretForms");
  const reveal = useSecretReveal();
  const isHydrated = useIsHydrated();
  const [isOpen, setIsOpen] = useState(false);
  const buttonRef = useRef<HTMLButtonElement>(null);
  const isRevealing = useRef(false);
  const returnFocus = () => buttonRef.current?.focus();

  function finish(credentials: IssuedCredentials) {
    isRevealing.current = true;
    setIsOpen(false);
    reveal(credentials, { occasion: "added", returnFocus });
  }

  return (
    <>
      <Button ref={buttonRef} disabled={!isHydrated} onClick={() => setIsOpen(true)}>
        {t("rotate")}
      </Button>
      <Dialog
        isOpen={isOpen}
        onOpenChange={setIsOpen}
        title={t("rotateTitle")}
        description={t("rotateText")}
        onCloseAutoFocus={(event) => {
          event.preventDefault();
          // The dialog that shows the secret has the focus by now, and gives it back.
          if (!isRevealing.current) returnFocus();
          isRevealing.current = false;
        }}
      >
        <RotateSecretForm
          applicationId={applicationId}
          secrets={secrets}
          onDone={finish}
          onCancel={() => setIsOpen(false)}
        />
      </Dialog>
    </>
  );
}
