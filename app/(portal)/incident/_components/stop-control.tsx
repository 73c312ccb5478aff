"use client";

import { ConfirmedAction } from "@/components/form/confirmed-action";
import type { ActionResult } from "@/lib/actions/action-result";
import { setApplicationStatusAction } from "../../applications/actions";
import { setPersonStatusAction } from "../../people/actions";

type Words = {
  label: string;
  /** What is said once it is done. */
  said: string;
  /** What is asked before somebody is let in again. */
  title: string;
  text: string;
  leave: string;
};

type StopControlProps = { isActive: boolean; words: Words; run(): Promise<ActionResult<void>> };

/**
 * Takes access away without a question, because the column around it says what a question would; the same place gives it
 * back, after one, so that a second click too many gives nothing back.
 */
function StopControl({ isActive, words, run }: StopControlProps) {
  return (
    <div className="[&_button]:max-w-full [&_button]:wrap-anywhere">
      <ConfirmedAction
        label={words.label}
        variant={isActive ? "danger" : "secondary"}
        question={
          isActive ? undefined : { title: words.title, description: <p>{words.text}</p>, cancelLabel: words.leave }
        }
        action={run}
        said={words.said}
      />
    </div>
  );
}

export function StopApplication({
  applicationId,
  isActive,
  words,
}: {
  applicationId: string;
  isActive: boolean;
  words: Words;
}) {
  const run = () => setApplicationStatusAction({ applicationId, isActive: !isActive });
  return <StopControl isActive={isActive} words={words} run={run} />;
}

export function StopPerson({ personId, isActive, words }: { personId: string; isActive: boolean; words: Words }) {
  const run = () => setPersonStatusAction({ personId, isActive: !isActive });
  return <StopControl isActive={isActive} words={words} run={run} />;
}
