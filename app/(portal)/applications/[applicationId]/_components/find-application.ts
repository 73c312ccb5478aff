import { notFound } from "next/navigation";
import { cache } from "react";
import type { ApplicationDetail } from "@/lib/applications/application.types";
import { getApplication } from "@/lib/applications/get-application";
import { AppError } from "@/lib/errors/app-error";

/** Reads the application a page is about, once for the page and its title, or leads to "not found". */
export const findApplication = cache(async (applicationId: string): Promise<ApplicationDetail> => {
  try {
    return await getApplication(applicationId);
  } catch (error) {
    if (error instanceof AppError && error.code === "not_found") notFound();
    throw error;
  }
});
