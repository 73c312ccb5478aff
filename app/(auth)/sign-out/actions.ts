"use server";

import { redirect } from "next/navigation";
import { signOut } from "@/lib/auth/sign-in/sign-out";
import { routes } from "@/lib/routes";

/** Ends the session, here and for every copy of its cookie, and leads back to the sign-in page. */
export async function signOutAction(): Promise<void> {
  await signOut();
  redirect(routes.signIn());
}
