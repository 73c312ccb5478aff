"use client";

import { useTranslations } from "next-intl";
import { useEffect, useRef } from "react";
import { Notice } from "@/components/ui/notice";
import type { OpenedPickUpLink } from "@/lib/applications/pick-up/pick-up-link.types";

/**
 * Why a link makes no secret any more, and what to do now. Where somebody has picked the secret up, whoever sees this
 * knows whether that was them by the moment and the address.
 */
export function ClosedLink({ link }: { link: Exclude<OpenedPickUpLink, { state: "open" }> }) {
  const t = useTranslations("pickUp");
  const ref = useRef<HTMLDivElement>(null);
  useEffect(() => ref.current?.focus(), []);
  const name = link.applicationName;
  return (
    <Notice
      ref={ref}
      tabIndex={-1}
      tone={link.state === "picked_up" ? "danger" : "warning"}
      role="alert"
      className="outline-none"
    >
      <p className="font-semibold">{t(`closed.${link.state}.title`)}</p>
      <p className="break-words">
        {t.rich(`closed.${link.state}.text`, {
          name,
          at: link.at,
          address: link.state === "picked_up" ? (link.from ?? t("unknownAddress")) : "",
          time: (chunks) => <time dateTime={link.at.toISOString()}>{chunks}</time>,
          code: (chunks) => <code className="font-mono wrap-anywhere">{chunks}</code>,
        })}
      </p>
      <p>{t(`closed.${link.state}.next`)}</p>
    </Notice>
  );
}
