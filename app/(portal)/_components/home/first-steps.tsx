import { Circle, CircleCheck } from "lucide-react";
import type { Route } from "next";
import { cookies } from "next/headers";
import Link from "next/link";
import { getTranslations } from "next-intl/server";
import { dismissFirstSteps } from "@/app/preferences/actions";
import { Button } from "@/components/ui/button";
import { Card, CardHeading } from "@/components/ui/card";
import {
  DISMISSED,
  FIRST_STEPS,
  FIRST_STEPS_COOKIE,
  type FirstStep,
  getFirstSteps,
} from "@/lib/applications/attention/first-steps";
import { config } from "@/lib/env/config";
import { routes } from "@/lib/routes";

/** Where a step is done in the portal. The others are settings of the server. */
const PLACES = {
  application: routes.applications.new(),
  token: routes.developers.start(),
  administrator: routes.staff.invite(),
} as const satisfies Partial<Record<FirstStep, Route>>;

const hasPlace = (step: FirstStep): step is keyof typeof PLACES => step in PLACES;

/** What a new installation still lacks, for administrators, until nothing is missing or they have seen enough of it. */
export async function FirstSteps() {
  if ((await cookies()).get(FIRST_STEPS_COOKIE)?.value === DISMISSED) return null;
  const { publicUrl, roomBaseUrl } = config();
  const [steps, t] = await Promise.all([getFirstSteps({ publicUrl, roomBaseUrl }), getTranslations("firstSteps")]);
  const done = FIRST_STEPS.filter((step) => steps[step]).length;
  if (done === FIRST_STEPS.length) return null;
  return (
    <Card aria-labelledby="first-steps" className="space-y-4">
      <div className="flex flex-wrap items-start justify-between gap-3">
        <CardHeading id="first-steps" text={t("count", { done, all: FIRST_STEPS.length })}>
          {t("title")}
        </CardHeading>
        <form action={dismissFirstSteps}>
          <Button type="submit" variant="ghost">
            {t("dismiss")}
          </Button>
        </form>
      </div>
      <ol className="space-y-3">
        {FIRST_STEPS.map((step) => (
          <Step key={step} isDone={steps[step]} title={t(`steps.${step}`)} state={steps[step] ? t("done") : t("open")}>
            {t(`how.${step}`, { publicUrl })}
            {hasPlace(step) && (
              <>
                {" "}
                <Link href={PLACES[step]} className="link">
                  {t(`go.${step}`)}
                </Link>
              </>
            )}
          </Step>
        ))}
      </ol>
      <p className="text-sm text-ink-muted">{t("backup")}</p>
    </Card>
  );
}

type StepProps = { isDone: boolean; title: string; state: string; children: React.ReactNode };

function Step({ isDone, title, state, children }: StepProps) {
  const Icon = isDone ? CircleCheck : Circle;
  return (
    <li className="flex items-start gap-3">
      <Icon
        aria-hidden="true"
        className={isDone ? "mt-0.5 size-5 shrink-0 text-success" : "mt-0.5 size-5 shrink-0 text-ink-muted"}
      />
      <div className="min-w-0">
        <p className="font-medium">
          {title} <span className="sr-only">({state})</span>
        </p>
        {!isDone && <p className="text-sm wrap-anywhere text-ink-muted">{children}</p>}
      </div>
    </li>
  );
}
