"use client";

import type { ReactNode } from "react";
import { useIsHydrated } from "@/components/ui/use-is-hydrated";
import { ErrorSummary, type SummarisedError } from "./error-summary";
import { FormFailure } from "./form-failure";
import type { SubmittedForm } from "./use-action-form";

type ActionFormProps = {
  state: SubmittedForm;
  legend: string;
  /** What is wrong with the fields, where the form says it above them as well. */
  summary?: SummarisedError[];
  isReadOnly?: boolean;
  className?: string;
  children: ReactNode;
};

/** A form that an action takes: closed until the page is ready, with what failed as a whole below its button. */
export function ActionForm({
  state,
  legend,
  summary = [],
  isReadOnly = false,
  className = "space-y-6",
  children,
}: ActionFormProps) {
  const isHydrated = useIsHydrated();
  return (
    <form onSubmit={state.submit} onFocus={state.prepare} noValidate>
      <fieldset disabled={!isHydrated || isReadOnly} className={className}>
        <legend className="sr-only">{legend}</legend>
        <ErrorSummary errors={summary} />
        {children}
        <SubmitFailure state={state} />
      </fieldset>
    </form>
  );
}

/** Why the last attempt failed as a whole. What concerns a field is said there. */
export function SubmitFailure({ state: { failure } }: { state: SubmittedForm }) {
  return failure !== undefined && failure.fieldErrors === undefined && <FormFailure error={failure} />;
}
