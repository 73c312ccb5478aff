"use client";

import { FailureMessage } from "@/components/layout/failure-message";

export default function PortalError({ error }: { error: Error & { digest?: string } }) {
  return <FailureMessage digest={error.digest} />;
}
