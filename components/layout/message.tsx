import type { ReactNode } from "react";

type MessageProps = { title: string; children: ReactNode };

/** The content of a page that has one thing to say: not found, not working, not for you. */
export function Message({ title, children }: MessageProps) {
  return (
    <div className="mx-auto grid max-w-xl gap-4 px-4 py-16">
      <h1 className="text-2xl font-semibold tracking-tight">{title}</h1>
      <div className="space-y-4 text-ink-muted">{children}</div>
    </div>
  );
}
