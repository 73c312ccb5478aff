"use client";

import { useEffect, useRef } from "react";
import { FormFailure } from "@/components/form/form-failure";
import type { OrganisationProblem as Problem } from "@/lib/staff/sign-in/organisation.types";

/**
 * Says why the way through the provider led back here. It takes the focus: the page came by itself, nobody was looking.
 */
export function OrganisationProblem({ problem }: { problem: Problem }) {
  const ref = useRef<HTMLDivElement>(null);
  useEffect(() => ref.current?.focus(), []);
  return (
    <div ref={ref} tabIndex={-1} className="rounded-md">
      <FormFailure error={{ reason: problem }} />
    </div>
  );
}
