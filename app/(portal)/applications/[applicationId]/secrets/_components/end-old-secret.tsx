"use client";

import type { ReactNode } from "react";
import { ConfirmedAction } from "@/components/form/confirmed-action";
import { revokeSecretAction } from "../actions";
import { useSecretDone } from "./use-secret-done";

type EndOldSecretProps = {
  applicationId: string;
  secretId: string;
  /** Once everybody has moved it is what there is to do. */
  isPrimary: boolean;
  preview: ReactNode;
  words: { label: string; accessibleLabel: string; title: string; text: string; keep: string; done: string };
};

/** Revokes the old secret of a rotation now, after saying who still uses it. */
export function EndOldSecret({ applicationId, secretId, isPrimary, preview, words }: EndOldSecretProps) {
  const done = useSecretDone();
  return (
    <ConfirmedAction
      label={words.label}
      accessibleLabel={words.accessibleLabel}
      variant={isPrimary ? "primary" : "secondary"}
      question={{ title: words.title, description: <p>{words.text}</p>, preview, cancelLabel: words.keep }}
      action={() =>
        revokeSecretAction({ applicationId, secretId, revocation: "now", revocationAt: "", confirmation: "" })
      }
      said={null}
      onSuccess={() => done(words.done)}
    />
  );
}
