import Link from "next/link";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { CodeBlock } from "@/components/ui/code-block";
import { routes } from "@/lib/routes";

type QuickStartStepsProps = {
  /** Whether the reader is staff, who can make an application. */
  isStaff: boolean;
  /** Whether the program beside the steps names the client ID. */
  hasClientId: boolean;
};

const code = (chunks: ReactNode) => <code className="font-mono text-ink">{chunks}</code>;

/** From nothing to a room that people can open, in four steps. The program is beside them. */
export function QuickStartSteps({ isStaff, hasClientId }: QuickStartStepsProps) {
  const t = useTranslations("developers");
  const variables = hasClientId
    ? 'export VESTIBULE_CLIENT_SECRET="…"'
    : 'export VESTIBULE_CLIENT_ID="…"\nexport VESTIBULE_CLIENT_SECRET="…"';
  return (
    <ol className="space-y-6">
      <Step number={1} title={t("credentials")}>
        {isStaff
          ? t.rich("credentialsForStaff", {
              link: (chunks) => (
                <Link href={routes.applications.new()} className="link">
                  {chunks}
                </Link>
              ),
            })
          : t("credentialsForGuests")}
      </Step>
      <Step number={2} title={t("environment")}>
        <p>{t.rich("environmentText", { code })}</p>
        <CodeBlock label={t("secretLabel")} code={variables} />
      </Step>
      <Step number={3} title={t("run")}>
        {t.rich("runText", { code })}
      </Step>
      <Step number={4} title={t("open")}>
        {t.rich("openText", { code })}
      </Step>
    </ol>
  );
}

function Step({ number, title, children }: { number: number; title: string; children: ReactNode }) {
  return (
    <li className="grid grid-cols-[2rem_minmax(0,1fr)] gap-x-3">
      <span
        aria-hidden="true"
        className="flex size-8 items-center justify-center rounded-full border border-line-strong text-sm font-semibold"
      >
        {number}
      </span>
      <div className="max-w-prose space-y-2 pt-1">
        <h3 className="font-semibold">{title}</h3>
        <div className="space-y-3 text-ink-muted">{children}</div>
      </div>
    </li>
  );
}
