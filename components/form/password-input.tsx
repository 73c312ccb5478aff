"use client";

import type { ComponentProps } from "react";
import { inputStyles } from "@/components/ui/input-styles";

/** A field for a password. Pasting works and password managers know what is meant. */
export function PasswordInput({ isNew, ...props }: ComponentProps<"input"> & { isNew: boolean }) {
  return (
    <input
      {...props}
      type="password"
      autoComplete={isNew ? "new-password" : "current-password"}
      required
      maxLength={256}
      className={inputStyles}
    />
  );
}
