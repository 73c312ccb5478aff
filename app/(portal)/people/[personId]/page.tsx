import type { Metadata } from "next";
import Link from "next/link";
import { getNow, getTranslations } from "next-intl/server";
import { cache } from "react";
import { PageHeader } from "@/components/layout/page-header";
import { buttonStyles } from "@/components/ui/button";
import { requireStaff } from "@/lib/auth/require-staff";
import { config } from "@/lib/env/config";
import { getPerson } from "@/lib/people/get-person";
import { listActingApplications } from "@/lib/people/list-acting-applications";
import { listPersonRooms } from "@/lib/people/list-person-rooms";
import { isPermitted } from "@/lib/permissions";
import { routes } from "@/lib/routes";
import { countRecentCalls } from "@/lib/usage/count-recent-calls";
import { CheckAgain } from "../../_components/cure/check-again";
import { HistoryCard } from "../../_components/history-card";
import { orNotFound } from "../../_components/or-not-found";
import { PersonState } from "../_components/person-state";
import { AboutPersonCard } from "./_components/about-person-card";
import { ActingApplicationsCard } from "./_components/acting-applications-card";
import { PersonControlsCard } from "./_components/person-controls-card";
import { PersonRoomsCard } from "./_components/person-rooms-card";

type PersonPageProps = {
  params: Promise<{ personId: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

const findPerson = cache((personId: string) => orNotFound(getPerson(personId)));

export async function generateMetadata({ params }: Pick<PersonPageProps, "params">): Promise<Metadata> {
  await requireStaff("people:read");
  return { title: (await findPerson((await params).personId)).email };
}

export default async function PersonPage({ params, searchParams }: PersonPageProps) {
  const { staff } = await requireStaff("people:read");
  const person = await findPerson((await params).personId);
  const [applications, rooms, calls, t, tActivity, now] = await Promise.all([
    listActingApplications(person.id, config(), new Date()),
    listPersonRooms(person.id),
    countRecentCalls({ personId: person.id }, new Date()),
    getTranslations("person"),
    getTranslations("activity"),
    getNow(),
  ]);
  const canWrite = isPermitted(staff.role, "people:write");
  return (
    <div className="space-y-6">
      <PageHeader
        title={person.displayName ?? person.email}
        description={<PersonState person={person} />}
        back={{ href: routes.people.list(), label: t("backToList") }}
      >
        <Link href={routes.activity({ person: person.id })} className={buttonStyles()}>
          {tActivity("open")}
        </Link>
      </PageHeader>
      <CheckAgain back={(await searchParams).back} />
      <div className="grid grid-cols-1 items-start gap-6 lg:grid-cols-2">
        <div className="min-w-0 space-y-6">
          <AboutPersonCard person={person} canWrite={canWrite} now={now} />
          <ActingApplicationsCard applications={applications} now={now} />
          <PersonRoomsCard rooms={rooms} now={now} />
          <HistoryCard involving={{ kind: "person", id: person.id }} kind="all" role={staff.role} />
        </div>
        <PersonControlsCard
          person={person}
          calls={calls}
          canWrite={canWrite}
          canAllowImpersonation={isPermitted(staff.role, "staff:allow-impersonation")}
          now={now}
        />
      </div>
    </div>
  );
}
