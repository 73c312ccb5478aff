"use client";

import { ExternalLink } from "lucide-react";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { useEffect, useId, useRef, useState } from "react";
import { Button, buttonStyles } from "@/components/ui/button";
import { CopyField } from "@/components/ui/copy-field";
import { inputStyles } from "@/components/ui/input-styles";
import { Notice } from "@/components/ui/notice";
import { type CallAnswer, explanationOf, type FirstCallRun, runFirstCall } from "./run-first-call";

/**
 * Asks for the secret of the application, makes the calls and shows what was answered. The field has no name, so that
 * nothing can send it anywhere but the call; it is emptied by it.
 */
export function RunHereForm({ clientId, email }: { clientId: string; email: string }) {
  const t = useTranslations("runHere");
  const id = useId();
  const secretRef = useRef<HTMLInputElement>(null);
  const resultRef = useRef<HTMLDivElement>(null);
  const [missing, setMissing] = useState<"missingSecret" | "missingClient">();
  const [isBusy, setIsBusy] = useState(false);
  const [run, setRun] = useState<FirstCallRun>();

  // The answer is read out, and reading goes on from there.
  useEffect(() => {
    if (run !== undefined) resultRef.current?.focus();
  }, [run]);

  // A page that the browser keeps for the way back keeps what was typed as well.
  useEffect(() => {
    const empty = () => {
      if (secretRef.current !== null) secretRef.current.value = "";
    };
    window.addEventListener("pagehide", empty);
    return () => window.removeEventListener("pagehide", empty);
  }, []);

  async function call(event: React.FormEvent) {
    event.preventDefault();
    const field = secretRef.current;
    if (isBusy || field === null) return;
    const secret = field.value.trim();
    const lacking = clientId === "" ? "missingClient" : secret === "" ? "missingSecret" : undefined;
    setMissing(lacking);
    if (lacking !== undefined) return field.focus();
    field.value = "";
    setIsBusy(true);
    setRun(await runFirstCall({ clientId, secret, email }));
    setIsBusy(false);
  }

  return (
    <>
      <form method="post" autoComplete="off" onSubmit={call} className="space-y-3">
        <p className="text-sm wrap-anywhere text-ink-muted">{t("text", { email })}</p>
        <div className="space-y-1.5">
          <label htmlFor={id} className="block text-sm font-semibold">
            {t("secret")}
          </label>
          <input
            ref={secretRef}
            id={id}
            type="password"
            autoComplete="off"
            spellCheck={false}
            maxLength={1024}
            aria-invalid={missing !== undefined || undefined}
            aria-describedby={`${id}-said`}
            className={inputStyles}
          />
          <p id={`${id}-said`} className={missing === undefined ? "text-sm text-ink-muted" : "text-sm text-danger"}>
            {t(missing ?? "secretHint")}
          </p>
        </div>
        <Button type="submit" aria-disabled={isBusy}>
          {t("run")}
        </Button>
      </form>
      {run !== undefined && (
        <div ref={resultRef} tabIndex={-1} className="space-y-3 outline-none">
          {run.reached ? <Answers run={run} /> : <Notice tone="danger">{t("unreachable")}</Notice>}
        </div>
      )}
    </>
  );
}

function Answers({ run: { token, room } }: { run: Extract<FirstCallRun, { reached: true }> }) {
  const t = useTranslations("runHere");
  return (
    <>
      <Answer call="POST /api/oauth/token" answer={token}>
        {t("token", { characters: token.characters, seconds: token.seconds, scope: token.scope })}
      </Answer>
      {room !== undefined && (
        <Answer call="POST /api/external/rooms" answer={room}>
          {t("room")}
        </Answer>
      )}
      {room?.url !== undefined && (
        <div className="space-y-3">
          <CopyField label={t("roomLink")} value={room.url} copyLabel={t("copyRoomLink")} />
          <a href={room.url} target="_blank" rel="noopener noreferrer" className={buttonStyles()}>
            <ExternalLink aria-hidden="true" />
            {t("openRoom")}
          </a>
        </div>
      )}
    </>
  );
}

function Answer({ call, answer, children }: { call: string; answer: CallAnswer; children: string }) {
  const t = useTranslations("runHere");
  const { status, refusal } = answer;
  return (
    <Notice tone={refusal === undefined ? "success" : "danger"}>
      <p className="font-mono">
        {call} → {status}
      </p>
      {refusal === undefined ? (
        <p className="wrap-anywhere">{children}</p>
      ) : (
        <p className="wrap-anywhere">
          <span lang="en">{refusal.sentence}</span>{" "}
          {refusal.code !== undefined && (
            <Link href={explanationOf(refusal.code)} className="font-medium underline">
              {t("explain", { code: refusal.code })}
            </Link>
          )}
        </p>
      )}
    </Notice>
  );
}
