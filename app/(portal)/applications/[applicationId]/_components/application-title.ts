import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { requireStaff } from "@/lib/auth/require-staff";
import { findApplication } from "./find-application";

type MessageKey = Parameters<Awaited<ReturnType<typeof getTranslations<never>>>>[0];
type ApplicationPage = { params: Promise<{ applicationId: string }> };

/** Returns the `generateMetadata` of a page of an application: what it shows, and of which one. */
export function applicationTitle(key: MessageKey): (page: ApplicationPage) => Promise<Metadata> {
  return async ({ params }) => {
    await requireStaff("applications:read");
    const [{ name }, t] = await Promise.all([findApplication((await params).applicationId), getTranslations()]);
    return { title: `${t(key)} · ${name}` };
  };
}
