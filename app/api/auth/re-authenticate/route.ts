import { handleReauthentication } from "@/lib/auth/reauthentication-route";

export const dynamic = "force-dynamic";

export const POST = handleReauthentication;
