"use client";

import { Ban, ShieldAlert } from "lucide-react";
import { useTranslations } from "next-intl";
import { type ReactNode, useRef, useState } from "react";
import { RowMenu, RowMenuItem } from "@/components/data-table/row-menu";
import { FormFailure } from "@/components/form/form-failure";
import { Dialog } from "@/components/ui/dialog";
import { useLoadedPart } from "@/components/ui/use-loaded-part";
import type { ManagedSecret } from "./managed-secret.types";
import { focusSecretsTitle, useSecretDone } from "./use-secret-done";

type SecretMenuProps = {
  secret: ManagedSecret;
  /** What would stop, counted. */
  preview?: ReactNode;
};

/** What ends a live secret, each with a form that asks. Afterwards the row is gone, so the focus goes to the heading. */
export function SecretMenu({ secret, preview }: SecretMenuProps) {
  const t = useTranslations("secretForms");
  const { part: forms, failure, load } = useLoadedPart(() => import("./secret-forms"));
  const [open, setOpen] = useState<"revoke" | "markCompromised">();
  const cellRef = useRef<HTMLDivElement>(null);
  const isDone = useRef(false);
  const done = useSecretDone();
  const { hint } = secret;

  async function begin(dialog: "revoke" | "markCompromised") {
    isDone.current = false;
    if (await load()) setOpen(dialog);
  }

  function finish(said: string) {
    isDone.current = true;
    setOpen(undefined);
    done(said);
  }

  const dialog = {
    onOpenChange: () => setOpen(undefined),
    returnFocus: () => (isDone.current ? focusSecretsTitle() : cellRef.current?.querySelector("button")?.focus()),
  };
  const form = { secret, preview, onDone: finish, onCancel: () => setOpen(undefined) };
  return (
    <div ref={cellRef}>
      <RowMenu label={t("actionsFor", { hint })}>
        <RowMenuItem onSelect={() => begin("revoke")}>
          <Ban aria-hidden="true" />
          {t("revoke")}
        </RowMenuItem>
        <RowMenuItem onSelect={() => begin("markCompromised")}>
          <ShieldAlert aria-hidden="true" />
          {t("markCompromised")}
        </RowMenuItem>
      </RowMenu>
      {failure !== undefined && <FormFailure error={failure} />}
      {forms !== undefined && (
        <>
          <Dialog
            isOpen={open === "revoke"}
            title={t("revokeTitle")}
            description={t("revokeText", { hint })}
            {...dialog}
          >
            <forms.RevokeSecretForm {...form} />
          </Dialog>
          <Dialog
            isOpen={open === "markCompromised"}
            title={t("markCompromisedTitle", { hint })}
            description={t("markCompromisedText")}
            {...dialog}
          >
            <forms.MarkCompromisedForm {...form} />
          </Dialog>
        </>
      )}
    </div>
  );
}
