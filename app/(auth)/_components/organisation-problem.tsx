"use client";

import { useMemo } from "react";
import { FormFailure } from "@/components/form/form-failure";
import type { OrganisationProblem as Problem } from "@/lib/staff/sign-in/organisation.types";

/**
 * Says why the way through the provider, or to the second factor, led back here. It takes the focus: the page came by
 * itself, nobody was looking.
 */
export function OrganisationProblem({ problem }: { problem: Problem | "second_factor_lost" }) {
  return <FormFailure error={useMemo(() => ({ reason: problem }), [problem])} />;
}
