import { handleReauthentication } from "@/lib/actions/reauthentication-route";

export const dynamic = "force-dynamic";

export const POST = handleReauthentication;
