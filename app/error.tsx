"use client";

import { FailureMessage } from "@/components/layout/failure-message";

export default function RootError({ error }: { error: Error & { digest?: string } }) {
  return (
    <main>
      <FailureMessage digest={error.digest} />
    </main>
  );
}
