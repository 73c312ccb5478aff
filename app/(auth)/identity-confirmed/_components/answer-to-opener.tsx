"use client";

import { useEffect } from "react";
import { IDENTITY_CHANNEL, type IdentityAnswer } from "@/components/form/identity/identity-channel";
import type { OrganisationProblem } from "@/lib/staff/sign-in/organisation.types";

/**
 * Tells the other tabs of this portal how it went. They believe it only for what to show: the server looks for itself.
 */
export function AnswerToOpener({ problem }: { problem: OrganisationProblem | undefined }) {
  useEffect(() => {
    const channel = new BroadcastChannel(IDENTITY_CHANNEL);
    channel.postMessage((problem === undefined ? {} : { problem }) satisfies IdentityAnswer);
    channel.close();
    // Some browsers refuse after a visit elsewhere; the text on the page says what to do then.
    if (problem === undefined) window.close();
  }, [problem]);
  return null;
}
