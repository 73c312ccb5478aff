"use client";

import Link from "next/link";
import { usePathname } from "next/navigation";
import type { ReactNode } from "react";
import { buttonStyles } from "@/components/ui/button";
import { routes } from "@/lib/routes";

/** The way in, and back to the page that is open. */
export function SignInLink({ children }: { children: ReactNode }) {
  return (
    <Link href={routes.signIn({ to: usePathname() })} className={buttonStyles({ className: "ml-auto" })}>
      {children}
    </Link>
  );
}
