import type { ReactNode } from "react";

type FactorRowProps = {
  title: string;
  text: string;
  state?: ReactNode;
  children?: ReactNode;
  /** What there is of it, over the whole width. */
  list?: ReactNode;
};

/** One kind of proof: what it is, what there is of it, and what can be done. */
export function FactorRow({ title, text, state, children, list }: FactorRowProps) {
  return (
    <li className="flex flex-wrap items-start justify-between gap-3 px-4 py-3">
      <div className="min-w-0 flex-1 basis-60 space-y-1">
        <h3 className="font-semibold">{title}</h3>
        <p className="text-sm text-ink-muted">{text}</p>
        {state !== undefined && <div className="text-sm">{state}</div>}
      </div>
      {children !== undefined && <div className="flex flex-wrap gap-2">{children}</div>}
      {list !== undefined && <div className="basis-full text-sm">{list}</div>}
    </li>
  );
}
