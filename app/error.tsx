"use client";

import { FailureMessage } from "@/components/layout/failure-message";

export default function RootError({ error, reset }: { error: Error & { digest?: string }; reset: () => void }) {
  return (
    <main>
      <FailureMessage digest={error.digest} retry={reset} />
    </main>
  );
}
