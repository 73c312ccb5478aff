"use client";

import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { type ReactNode, useEffect, useId, useRef, useTransition } from "react";
import { CodeBlock } from "@/components/ui/code-block";
import { CopyField } from "@/components/ui/copy-field";
import { inputStyles } from "@/components/ui/input-styles";
import { Tabs } from "@/components/ui/tabs";
import { useIsHydrated } from "@/components/ui/use-is-hydrated";
import { routes } from "@/lib/routes";
import { isPlainAddress, isPlainClientId, QUICK_START_TABS, toAddressQuery } from "./address-state";
import { SNIPPETS } from "./build-snippets";
import { PlainField } from "./plain-field";
import { RunHere } from "./run-here";
import { useAddressState } from "./use-address-state";

const TYPING_PAUSE_MS = 300;

type QuickStartPanelProps = {
  publicUrl: string;
  /** The query that this page was asked for with; empty where one page is for everybody. */
  known: string;
  /** On whose behalf it is when nobody is named. */
  defaultPerson: string;
  /** For staff, who have one of their applications filled in. */
  choice: { id: string; clientId: string; applications: readonly { id: string; name: string }[] } | undefined;
  /** Whether this server answers the calls as well as the page. */
  canRun: boolean;
  /** What the first call of the application needs. */
  children: ReactNode;
};

/** The quick start as a program in one language, for one application and one person. All three are in the address. */
export function QuickStartPanel({ publicUrl, known, defaultPerson, choice, canRun, children }: QuickStartPanelProps) {
  const t = useTranslations("quickStart");
  const router = useRouter();
  const isHydrated = useIsHydrated();
  const [isPending, startTransition] = useTransition();
  const [state, change] = useAddressState(known);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const id = useId();
  const clientId = choice?.clientId ?? state.client;
  const email = state.person || defaultPerson;
  const { label, build } = SNIPPETS[state.tab];

  useEffect(() => () => clearTimeout(timer.current), []);

  function ask(query: Record<string, string>) {
    startTransition(() => router.replace(routes.developers.start(query), { scroll: false }));
  }

  function choosePerson(person: string) {
    const next = { ...state, person: person === defaultPerson ? "" : person };
    change({ person: next.person });
    clearTimeout(timer.current);
    // Only staff are told what would become of it.
    if (choice !== undefined) timer.current = setTimeout(() => ask(toAddressQuery(next)), TYPING_PAUSE_MS);
  }

  function chooseApplication(application: string) {
    clearTimeout(timer.current);
    ask(toAddressQuery({ ...state, application, person: "" }));
  }

  return (
    <div className="space-y-5 rounded-lg border border-line bg-surface p-4 sm:p-5">
      <div className="grid gap-4 sm:grid-cols-2">
        {choice === undefined ? (
          <PlainField
            label={t("clientId")}
            hint={t("clientIdHint")}
            unusable={t("clientIdUnusable")}
            value={state.client}
            isUsable={(text) => text === "" || isPlainClientId(text)}
            onChange={(client) => change({ client })}
          />
        ) : (
          <div className="min-w-0 space-y-1.5">
            <label htmlFor={`${id}-application`} className="block text-sm font-semibold">
              {t("application")}
            </label>
            <select
              key={choice.id}
              id={`${id}-application`}
              defaultValue={choice.id}
              disabled={!isHydrated}
              onChange={(event) => chooseApplication(event.target.value)}
              className={inputStyles}
            >
              {choice.applications.map((application) => (
                <option key={application.id} value={application.id}>
                  {application.name}
                </option>
              ))}
            </select>
          </div>
        )}
        <PlainField
          key={`person ${choice?.id}`}
          label={t("person")}
          hint={choice === undefined ? t("personHint") : undefined}
          unusable={t("personUnusable")}
          value={email}
          inputMode="email"
          isUsable={(text) => text === "" || isPlainAddress(text)}
          onChange={choosePerson}
        />
      </div>
      <div aria-busy={isPending}>{children}</div>
      <Tabs
        label={t("languages")}
        tabs={QUICK_START_TABS.map((name) => ({ name, label: SNIPPETS[name].label }))}
        chosen={state.tab}
        onChoose={(tab) => change({ tab })}
      >
        <CodeBlock key={state.tab} label={label} code={build({ publicUrl, clientId, email })} />
        {state.tab === "n8n" && <p className="text-sm text-ink-muted">{t("n8nHint")}</p>}
      </Tabs>
      {choice !== undefined && (
        <CopyField
          look="line"
          label={t("integratorLink")}
          value={`${publicUrl}${routes.developers.start(toAddressQuery({ ...state, application: "", client: clientId, person: email }))}`}
          copyLabel={t("copyIntegratorLink")}
        />
      )}
      {canRun && <RunHere clientId={clientId} email={email} />}
    </div>
  );
}
