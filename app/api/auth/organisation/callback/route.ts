import { handleOrganisationCallback } from "@/lib/auth/organisation-callback-route";

export const dynamic = "force-dynamic";

export const GET = handleOrganisationCallback;
