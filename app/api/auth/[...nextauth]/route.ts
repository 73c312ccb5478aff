import { createAuthRoute } from "@/lib/auth/auth-route";
import { handlers } from "@/lib/auth/next-auth";

export const dynamic = "force-dynamic";

export const GET = createAuthRoute(handlers.GET);
export const POST = createAuthRoute(handlers.POST);
