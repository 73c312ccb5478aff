"use client";

import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { type ReactNode, useRef, useState } from "react";
import { ConfirmedAction } from "@/components/form/confirmed-action";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { useIsHydrated } from "@/components/ui/use-is-hydrated";
import { cancelSecretEndAction } from "../actions";
import { CompromiseSecretForm } from "./compromise-secret-form";
import { EndSecretForm } from "./end-secret-form";
import type { ManagedSecret } from "./managed-secret.types";

type SecretActionsProps = {
  secret: ManagedSecret;
  /** What would stop, counted. */
  preview?: ReactNode;
};

/**
 * What can be done to a live secret. Afterwards a button may be gone: the focus goes to the line that says what was done,
 * which stays.
 */
export function SecretActions({ secret, preview }: SecretActionsProps) {
  const t = useTranslations("secretForms");
  const router = useRouter();
  const isHydrated = useIsHydrated();
  const [open, setOpen] = useState<"end" | "compromise">();
  const [announcement, setAnnouncement] = useState("");
  const endRef = useRef<HTMLButtonElement>(null);
  const compromiseRef = useRef<HTMLButtonElement>(null);
  const statusRef = useRef<HTMLParagraphElement>(null);
  const focusNext = useRef<HTMLElement>(null);
  const { hint, state } = secret;
  const isLive = state === "live" || state === "ending";

  function begin(dialog: "end" | "compromise", button: HTMLButtonElement | null) {
    focusNext.current = button;
    setAnnouncement("");
    setOpen(dialog);
  }

  function announce(text: string) {
    setAnnouncement(text);
    statusRef.current?.focus();
    router.refresh();
  }

  function finish(text: string) {
    setAnnouncement(text);
    // Not now: the dialog keeps the focus until it is gone.
    focusNext.current = statusRef.current;
    setOpen(undefined);
    router.refresh();
  }

  const dialog = {
    onOpenChange: () => setOpen(undefined),
    onCloseAutoFocus(event: Event) {
      event.preventDefault();
      focusNext.current?.focus();
    },
  };
  const form = { secret, preview, onDone: finish, onCancel: () => setOpen(undefined) };
  return (
    <div className="flex flex-wrap items-center gap-2">
      {state === "ending" && <CancelEnd secret={secret} onDone={announce} />}
      {isLive && (
        <>
          <Button
            ref={endRef}
            disabled={!isHydrated}
            aria-label={t("endNamed", { hint })}
            onClick={() => begin("end", endRef.current)}
          >
            {t("end")}
          </Button>
          <Button
            ref={compromiseRef}
            disabled={!isHydrated}
            aria-label={t("compromiseNamed", { hint })}
            onClick={() => begin("compromise", compromiseRef.current)}
          >
            {t("compromise")}
          </Button>
        </>
      )}
      <p ref={statusRef} role="status" tabIndex={-1} className="basis-full text-sm text-success">
        {announcement}
      </p>
      <Dialog isOpen={open === "end"} title={t("endTitle")} description={t("endText", { hint })} {...dialog}>
        <EndSecretForm {...form} />
      </Dialog>
      <Dialog
        isOpen={open === "compromise"}
        title={t("compromiseTitle", { hint })}
        description={t("compromiseText")}
        {...dialog}
      >
        <CompromiseSecretForm {...form} />
      </Dialog>
    </div>
  );
}

function CancelEnd({ secret, onDone }: { secret: ManagedSecret; onDone(announcement: string): void }) {
  const t = useTranslations("secretForms");
  const { applicationId, id: secretId, hint, successor } = secret;
  const texts = { ended: t("cancelledNewEnded"), kept: t("cancelledNewKept"), none: t("cancelled") };
  return (
    <ConfirmedAction
      label={t("cancelEnd")}
      accessibleLabel={t("cancelEndNamed", { hint })}
      question={{
        title: t("cancelTitle"),
        description:
          successor === null
            ? t("cancelText", { hint })
            : t(successor.isUsed ? "cancelTextKept" : "cancelTextEnded", { hint, successor: successor.hint }),
        cancelLabel: t("letItEnd"),
      }}
      action={() => cancelSecretEndAction({ applicationId, secretId })}
      onSuccess={({ newSecret }) => onDone(texts[newSecret])}
    />
  );
}
