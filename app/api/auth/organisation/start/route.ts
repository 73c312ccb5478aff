import { handleOrganisationStart } from "@/lib/auth/organisation/organisation-start-route";

export const dynamic = "force-dynamic";

export const GET = handleOrganisationStart;
