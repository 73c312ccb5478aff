import type { ReactNode } from "react";
import { findStaffSession } from "@/lib/auth/find-staff-session";
import PortalLayout from "../(portal)/layout";
import { PublicShell } from "./_components/public-shell";

/**
 * Pages that whoever writes an application may read without a session. With one, they look like the rest of the portal.
 */
export default async function DocumentationLayout({ children }: { children: ReactNode }) {
  const session = await findStaffSession();
  if (session !== undefined) return <PortalLayout>{children}</PortalLayout>;
  return <PublicShell>{children}</PublicShell>;
}
