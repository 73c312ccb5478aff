import { cva, type VariantProps } from "class-variance-authority";
import type { ComponentProps } from "react";
import { cn } from "@/lib/cn";

/** The look of a button, for links that lead to a task as well. */
export const buttonStyles = cva(
  "inline-flex min-h-10 items-center justify-center gap-2 rounded-md border px-4 py-1.5 text-center text-sm font-medium transition-colors [&_svg]:size-4 [&_svg]:shrink-0 aria-disabled:cursor-progress",
  {
    variants: {
      variant: {
        primary: "border-accent bg-accent text-on-accent hover:border-accent-strong hover:bg-accent-strong",
        secondary: "border-line-strong bg-surface text-ink hover:bg-sunken",
        ghost: "border-transparent text-ink hover:bg-sunken",
        danger: "border-danger bg-danger text-on-danger hover:border-danger-strong hover:bg-danger-strong",
      },
    },
    defaultVariants: { variant: "secondary" },
  },
);

type ButtonProps = ComponentProps<"button"> & VariantProps<typeof buttonStyles>;

/** A button that does not submit unless told to. */
export function Button({ className, variant, type = "button", ...props }: ButtonProps) {
  return <button type={type} className={cn(buttonStyles({ variant }), className)} {...props} />;
}
