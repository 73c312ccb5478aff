import "server-only";

import { headers } from "next/headers";
import { findStaffSession, peekStaffSession } from "@/lib/auth/find-staff-session";
import { config } from "@/lib/env/config";
import { createStaffAction } from "./create-staff-action";

/**
 * Makes a server action of the portal. The only way to make one: origin, session, permission and input are checked
 * here.
 */
export const staffAction = createStaffAction({
  findSession: ({ isUnattended }) => (isUnattended ? peekStaffSession() : findStaffSession()),
  readHeaders: () => headers(),
  config,
  now: () => new Date(),
});
