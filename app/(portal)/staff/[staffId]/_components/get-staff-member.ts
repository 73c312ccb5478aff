import { notFound } from "next/navigation";
import { cache } from "react";
import { findStaffMember } from "@/lib/staff/find-staff-member";
import { staffMemberSchema } from "@/lib/staff/staff.schema";
import type { StaffDetail } from "@/lib/staff/staff.types";

/** Reads the member a page is about, once for the page and its title, or leads to "not found". */
export const getStaffMember = cache(async (staffId: string): Promise<StaffDetail> => {
  if (!staffMemberSchema.safeParse({ staffId }).success) notFound();
  return (await findStaffMember(staffId, new Date())) ?? notFound();
});
