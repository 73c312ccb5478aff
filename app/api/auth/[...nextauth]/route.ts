import { createAuthRoute } from "@/lib/auth/sign-in/auth-route";
import { handlers } from "@/lib/auth/sign-in/next-auth";

export const dynamic = "force-dynamic";

export const GET = createAuthRoute(handlers.GET);
export const POST = createAuthRoute(handlers.POST);
