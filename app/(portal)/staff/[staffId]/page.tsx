import type { Metadata } from "next";
import Link from "next/link";
import { getNow, getTranslations } from "next-intl/server";
import { PageHeader } from "@/components/layout/page-header";
import { Notice } from "@/components/ui/notice";
import { requireStaff } from "@/lib/auth/require-staff";
import { isPermitted } from "@/lib/permissions";
import { routes } from "@/lib/routes";
import { HistoryCard } from "../../_components/history-card";
import { StaffStatusBadge } from "../_components/staff-status-badge";
import { AccessCard } from "./_components/access-card";
import { getStaffMember } from "./_components/get-staff-member";
import { ImpersonationCard } from "./_components/impersonation-card";
import { MemberCard } from "./_components/member-card";
import { RoleForm } from "./_components/role-form";

type StaffMemberPageProps = { params: Promise<{ staffId: string }> };

export async function generateMetadata({ params }: StaffMemberPageProps): Promise<Metadata> {
  await requireStaff("staff:read");
  return { title: (await getStaffMember((await params).staffId)).name };
}

export default async function StaffMemberPage({ params }: StaffMemberPageProps) {
  const { staff } = await requireStaff("staff:read");
  const member = await getStaffMember((await params).staffId);
  const [t, now] = await Promise.all([getTranslations("staff"), getNow()]);
  const isOwn = member.id === staff.id;
  const canWrite = isPermitted(staff.role, "staff:write") && !isOwn;
  return (
    <div className="mx-auto max-w-3xl space-y-6">
      <PageHeader
        title={member.name}
        description={<StaffStatusBadge status={member.status} />}
        back={{ href: routes.staff.list(), label: t("backToList") }}
      />
      {isOwn && (
        <Notice>
          <p>
            {t.rich("ownAccount", {
              a: (chunks) => (
                <Link href={routes.account()} className="font-medium underline">
                  {chunks}
                </Link>
              ),
            })}
          </p>
        </Notice>
      )}
      <MemberCard member={member} now={now} />
      {canWrite && !member.isExternal && <RoleForm staffId={member.id} role={member.role} />}
      {canWrite && <AccessCard member={member} />}
      <ImpersonationCard member={member} canChange={isPermitted(staff.role, "staff:allow-impersonation")} />
      <HistoryCard involving={{ kind: "staff_member", id: member.id }} role={staff.role} />
    </div>
  );
}
