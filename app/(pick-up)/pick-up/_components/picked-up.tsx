"use client";

import { useTranslations } from "next-intl";
import { useEffect, useRef, useState } from "react";
import { flushSync } from "react-dom";
import { CredentialFields } from "@/components/credentials/credential-fields";
import { StoredConfirmation } from "@/components/credentials/stored-confirmation";
import { reachAction } from "@/components/form/reach-action";
import { CopyField } from "@/components/ui/copy-field";
import { Notice } from "@/components/ui/notice";
import { useShownOnce } from "@/components/ui/use-shown-once";
import type { ApiAddresses, IssuedCredentials } from "@/lib/applications/application.types";
import { routes } from "@/lib/routes";
import { setPickedUpStoredAction } from "../actions";

type PickedUpProps = {
  token: string;
  credentials: IssuedCredentials;
  addresses: ApiAddresses;
  onClose(isStored: boolean): void;
};

/** Shows the secret for the only time there is, and everything that a first call needs beside it. */
export function PickedUp({ token, credentials, addresses, onClose }: PickedUpProps) {
  const t = useTranslations("pickUp");
  const [isStored, setIsStored] = useState(false);
  const shown = useShownOnce(isStored, () => onClose(isStored));
  const copyRef = useRef<HTMLButtonElement>(null);
  const close = useRef(onClose);
  close.current = onClose;

  useEffect(() => {
    copyRef.current?.focus();
    // Now, not soon: the browser may keep this very page for the back button.
    const forget = () => flushSync(() => close.current(false));
    window.addEventListener("pagehide", forget);
    return () => window.removeEventListener("pagehide", forget);
  }, []);

  return (
    <div className="space-y-5">
      <Notice tone="info" role="status">
        {t.rich("madeText", {
          name: credentials.name,
          strong: (chunks) => <strong className="font-semibold break-words">{chunks}</strong>,
        })}
      </Notice>
      <CredentialFields credentials={credentials} addresses={addresses} copyRef={copyRef} />
      <CopyField label={t("tokenUrl")} value={addresses.tokenUrl} copyLabel={t("copyTokenUrl")} />
      <CopyField label={t("roomsUrl")} value={addresses.roomsUrl} copyLabel={t("copyRoomsUrl")} />
      <p className="text-sm">
        {t.rich("next", {
          link: (chunks) => (
            <a
              className="underline underline-offset-4"
              href={routes.developers.start()}
              target="_blank"
              rel="noreferrer"
            >
              {chunks}
            </a>
          ),
        })}
      </p>
      <StoredConfirmation
        shown={shown}
        isStored={isStored}
        onStoredChange={(isTicked) => {
          setIsStored(isTicked);
          // If it does not arrive, staff are told that nobody stored the secret, and ask.
          void reachAction(() => setPickedUpStoredAction({ token, isStored: isTicked }));
        }}
        lastWord={t("notStoredLast")}
      />
    </div>
  );
}
