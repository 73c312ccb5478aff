import type { OrganisationProblem } from "@/lib/staff/sign-in/organisation.types";

/** Over which the tab that comes back from the provider tells the one that opened it. */
export const IDENTITY_CHANNEL = "vestibule.identity";

/** Without a problem somebody has proved who they are. */
export type IdentityAnswer = { problem?: OrganisationProblem };
