import type { ReactNode } from "react";

/** One of the things that there is to say of an operation. */
export function OperationPart({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className="space-y-2">
      <h2 className="text-lg font-semibold">{title}</h2>
      {children}
    </section>
  );
}
