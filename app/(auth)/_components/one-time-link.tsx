"use client";

import Link from "next/link";
import { useTranslations } from "next-intl";
import { useEffect, useState } from "react";
import { FormFailure } from "@/components/form/form-failure";
import { reachAction } from "@/components/form/reach-action";
import { buttonStyles } from "@/components/ui/button";
import { Notice } from "@/components/ui/notice";
import { useIsHydrated } from "@/components/ui/use-is-hydrated";
import type { ActionError } from "@/lib/actions/action-result";
import { routes } from "@/lib/routes";
import type { OpenedStaffLink, StaffLinkKind } from "@/lib/staff/staff.types";
import { openStaffLinkAction } from "../invitation/actions";
import { ChoosePasswordForm } from "./choose-password-form";

type LinkState =
  | { step: "opening" }
  | { step: "refused"; error: ActionError }
  | { step: "open"; token: string; link: OpenedStaffLink }
  | { step: "done"; email: string };

/**
 * Takes the token out of the address, where neither the history nor a shoulder should find it again, asks the server
 * for whom it is, and lets them set what it is for.
 */
export function OneTimeLink({ kind }: { kind: StaffLinkKind }) {
  const t = useTranslations("oneTimeLink");
  const [state, setState] = useState<LinkState>({ step: "opening" });
  const isHydrated = useIsHydrated();

  useEffect(() => {
    let isGone = false;
    const token = window.location.hash.slice(1);
    async function open() {
      const result = await reachAction(() => openStaffLinkAction({ token }));
      if (isGone) return;
      if (!result.ok) return setState({ step: "refused", error: result.error });
      if (result.data.kind !== kind) return setState({ step: "refused", error: { reason: "link_invalid" } });
      window.history.replaceState(window.history.state, "", window.location.pathname);
      setState({ step: "open", token, link: result.data });
    }
    if (token === "") setState({ step: "refused", error: { reason: "link_invalid" } });
    else void open();
    return () => {
      isGone = true;
    };
  }, [kind]);

  // Without scripts nothing is being checked, and the page says why.
  if (state.step === "opening") return isHydrated && <p role="status">{t("opening")}</p>;
  if (state.step === "refused") return <FormFailure error={state.error} />;
  if (state.step === "open") {
    const { token, link } = state;
    return <ChoosePasswordForm token={token} link={link} onDone={(email) => setState({ step: "done", email })} />;
  }
  return (
    <div className="space-y-5">
      <Notice tone="success" role="status">
        {t(kind === "invitation" ? "joined" : "passwordSet", { email: state.email })}
      </Notice>
      <Link href={routes.signIn()} className={buttonStyles({ variant: "primary", className: "w-full" })}>
        {t("goToSignIn")}
      </Link>
    </div>
  );
}
