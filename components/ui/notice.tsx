import { cva, type VariantProps } from "class-variance-authority";
import { CircleAlert, CircleCheck, Info, TriangleAlert } from "lucide-react";
import type { ComponentProps, ReactNode } from "react";
import { cn } from "@/lib/cn";

const noticeStyles = cva("flex gap-3 rounded-md border px-4 py-3 text-sm", {
  variants: {
    tone: {
      info: "border-line bg-accent-soft text-ink",
      success: "border-success/40 bg-success-soft text-success",
      warning: "border-warning-line bg-warning-soft text-warning",
      danger: "border-danger/60 bg-danger-soft text-danger",
    },
  },
  defaultVariants: { tone: "info" },
});

const ICONS = { info: Info, success: CircleCheck, warning: TriangleAlert, danger: CircleAlert } as const;

type NoticeProps = Omit<ComponentProps<"div">, "title"> & VariantProps<typeof noticeStyles> & { children: ReactNode };

/** A short text that must not be overlooked. Its tone shows in an icon too, not in colour alone. */
export function Notice({ tone, className, children, ...props }: NoticeProps) {
  const Icon = ICONS[tone ?? "info"];
  return (
    <div className={cn(noticeStyles({ tone }), className)} {...props}>
      <Icon aria-hidden="true" className="mt-0.5 size-4 shrink-0" />
      <div className="min-w-0 space-y-1">{typeof children === "string" ? <p>{children}</p> : children}</div>
    </div>
  );
}
