"use client";

import { LoaderCircle } from "lucide-react";
import type { ComponentProps } from "react";
import { Button } from "@/components/ui/button";

type SubmitButtonProps = Omit<ComponentProps<typeof Button>, "type"> & { isBusy: boolean };

/** Sends the form. While it does, it keeps the focus and its name, and ignores further presses. */
export function SubmitButton({ isBusy, children, onClick, ...props }: SubmitButtonProps) {
  return (
    <Button
      type="submit"
      variant="primary"
      aria-disabled={isBusy || undefined}
      onClick={(event) => (isBusy ? event.preventDefault() : onClick?.(event))}
      {...props}
    >
      {isBusy && <LoaderCircle aria-hidden="true" className="animate-spin" />}
      {children}
    </Button>
  );
}
