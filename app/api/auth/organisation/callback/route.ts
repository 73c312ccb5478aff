import { handleOrganisationCallback } from "@/lib/auth/organisation/organisation-callback-route";

export const dynamic = "force-dynamic";

export const GET = handleOrganisationCallback;
