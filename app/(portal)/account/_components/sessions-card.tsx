"use client";

import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { ConfirmedAction } from "@/components/form/confirmed-action";
import { Badge } from "@/components/ui/badge";
import { Card, CardHeading } from "@/components/ui/card";
import { RelativeTime } from "@/components/ui/relative-time";
import { routes } from "@/lib/routes";
import type { OwnSession } from "@/lib/staff/staff.types";
import { endSessionAction, signOutEverywhereAction } from "../actions";

/** Where somebody is signed in, and the ways to end it: one browser, or all of them, this one included. */
export function SessionsCard({ sessions, now }: { sessions: OwnSession[]; now: Date }) {
  const t = useTranslations("account");
  const router = useRouter();
  return (
    <Card className="space-y-5">
      <CardHeading text={t("sessionsText")}>{t("sessions")}</CardHeading>
      <ul className="divide-y divide-line rounded-md border border-line">
        {sessions.map((session) => (
          <li key={session.id} className="flex flex-wrap items-center justify-between gap-3 px-4 py-3">
            <SessionLine session={session} now={now} />
            {!session.isCurrent && (
              <ConfirmedAction
                label={t("endSession")}
                accessibleLabel={t("endSessionNamed", { address: session.ip ?? t("unknownAddress") })}
                said={t("sessionEnded")}
                action={() => endSessionAction({ sessionId: session.id })}
              />
            )}
          </li>
        ))}
      </ul>
      <div className="flex flex-wrap gap-3">
        <ConfirmedAction
          label={t("signOutEverywhere")}
          question={{
            title: t("signOutEverywhereTitle"),
            description: t("signOutEverywhereText"),
            cancelLabel: t("staySignedIn"),
          }}
          // The page that follows can only be reached signed out.
          said={null}
          action={() => signOutEverywhereAction({})}
          onSuccess={() => router.replace(routes.signIn())}
        />
      </div>
    </Card>
  );
}

function SessionLine({ session: { ip, lastSeenAt, createdAt, isCurrent }, now }: { session: OwnSession; now: Date }) {
  const t = useTranslations("account");
  return (
    <div className="min-w-0 space-y-1">
      <p className="flex flex-wrap items-center gap-2">
        <span className="font-mono text-sm wrap-anywhere">{ip ?? t("unknownAddress")}</span>
        {isCurrent && <Badge tone="success">{t("thisBrowser")}</Badge>}
      </p>
      <p className="text-sm text-ink-muted">
        {t.rich("sessionTimes", {
          seen: () => <RelativeTime value={lastSeenAt} now={now} />,
          start: () => <RelativeTime value={createdAt} now={now} />,
        })}
      </p>
    </div>
  );
}
