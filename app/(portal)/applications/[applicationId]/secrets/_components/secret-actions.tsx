"use client";

import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { type ReactNode, useRef, useState } from "react";
import { ConfirmedAction } from "@/components/form/confirmed-action";
import { FormFailure } from "@/components/form/form-failure";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { useIsHydrated } from "@/components/ui/use-is-hydrated";
import { useLoadedPart } from "@/components/ui/use-loaded-part";
import { cancelSecretRevocationAction, revokeUnusedSecretAction } from "../actions";
import type { ManagedSecret } from "./managed-secret.types";
import { useIsSecretUnused } from "./secret-uses";

type SecretActionsProps = {
  secret: ManagedSecret;
  /** What would stop, counted. */
  preview?: ReactNode;
};

/**
 * What can be done to a live secret. Afterwards a button may be gone: the focus goes to the line that says what was
 * done, which stays.
 */
export function SecretActions({ secret, preview }: SecretActionsProps) {
  const t = useTranslations("secretForms");
  const router = useRouter();
  const isHydrated = useIsHydrated();
  const { part: forms, failure, load } = useLoadedPart(() => import("./secret-forms"));
  const [open, setOpen] = useState<"revoke" | "markCompromised">();
  const [announcement, setAnnouncement] = useState("");
  const revokeRef = useRef<HTMLButtonElement>(null);
  const markRef = useRef<HTMLButtonElement>(null);
  const statusRef = useRef<HTMLParagraphElement>(null);
  const focusNext = useRef<HTMLElement>(null);
  const { hint, state } = secret;
  const isUnused = useIsSecretUnused(secret.id);
  const isLive = state === "live" || state === "scheduled";

  async function begin(dialog: "revoke" | "markCompromised", button: HTMLButtonElement | null) {
    focusNext.current = button;
    setAnnouncement("");
    if (await load()) setOpen(dialog);
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

  const dialog = { onOpenChange: () => setOpen(undefined), returnFocus: () => focusNext.current?.focus() };
  const form = { secret, preview, onDone: finish, onCancel: () => setOpen(undefined) };
  return (
    <div className="flex flex-wrap items-center gap-2">
      {state === "scheduled" && <CancelRevocation secret={secret} onDone={announce} />}
      {isUnused && <RevokeUnused secret={secret} onDone={announce} />}
      {isLive && (
        <>
          <Button
            ref={revokeRef}
            disabled={!isHydrated}
            aria-label={t("revokeNamed", { hint })}
            onClick={() => begin("revoke", revokeRef.current)}
          >
            {t("revoke")}
          </Button>
          <Button
            ref={markRef}
            disabled={!isHydrated}
            aria-label={t("markCompromisedNamed", { hint })}
            onClick={() => begin("markCompromised", markRef.current)}
          >
            {t("markCompromised")}
          </Button>
        </>
      )}
      <p ref={statusRef} role="status" tabIndex={-1} className="basis-full text-sm text-success">
        {announcement}
      </p>
      {failure !== undefined && <FormFailure error={failure} />}
      <Dialog isOpen={open === "revoke"} title={t("revokeTitle")} description={t("revokeText", { hint })} {...dialog}>
        {forms !== undefined && <forms.RevokeSecretForm {...form} />}
      </Dialog>
      <Dialog
        isOpen={open === "markCompromised"}
        title={t("markCompromisedTitle", { hint })}
        description={t("markCompromisedText")}
        {...dialog}
      >
        {forms !== undefined && <forms.MarkCompromisedForm {...form} />}
      </Dialog>
    </div>
  );
}

function CancelRevocation({ secret, onDone }: { secret: ManagedSecret; onDone(announcement: string): void }) {
  const t = useTranslations("secretForms");
  const { applicationId, id: secretId, hint, successor } = secret;
  const texts = { revoked: t("cancelledNewRevoked"), kept: t("cancelledNewKept"), none: t("cancelled") };
  return (
    <ConfirmedAction
      label={t("cancelRevocation")}
      accessibleLabel={t("cancelRevocationNamed", { hint })}
      question={{
        title: t("cancelTitle"),
        description:
          successor === null
            ? t("cancelText", { hint })
            : t(successor.isUsed ? "cancelTextKept" : "cancelTextRevoked", { hint, successor: successor.hint }),
        cancelLabel: t("keepRevocation"),
      }}
      // The line below says it, where the focus goes.
      said={null}
      action={() => cancelSecretRevocationAction({ applicationId, secretId })}
      onSuccess={({ newSecret }) => onDone(texts[newSecret])}
    />
  );
}

/** One press, without a question: nothing uses it, so nothing stops. */
function RevokeUnused({ secret, onDone }: { secret: ManagedSecret; onDone(announcement: string): void }) {
  const t = useTranslations("secretForms");
  const { applicationId, id: secretId, hint } = secret;
  return (
    <ConfirmedAction
      label={t("revokeUnused")}
      accessibleLabel={t("revokeUnusedNamed", { hint })}
      // The line below says it, where the focus goes.
      said={null}
      action={() => revokeUnusedSecretAction({ applicationId, secretId })}
      onSuccess={() => onDone(t("revokedStatus"))}
    />
  );
}
