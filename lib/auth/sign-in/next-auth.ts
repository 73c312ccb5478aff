import "server-only";

import NextAuth from "next-auth";
import { authConfig } from "./auth-config";

/** next-auth, told its settings at each call. `auth()` is not used: findStaffSession asks the database instead. */
export const { handlers, signIn, signOut } = NextAuth(() => authConfig());
