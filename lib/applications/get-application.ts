import "server-only";

import { z } from "zod";
import { database } from "@/lib/db/client";
import { AppError } from "@/lib/errors/app-error";
import type { ApplicationDetail } from "./application.types";
import { applicationDetailSelect, toApplicationDetail } from "./application-projection";

/** Returns one application. Throws AppError `not_found` for an unknown id and for what is no id at all. */
export async function getApplication(applicationId: string): Promise<ApplicationDetail> {
  const row = z.uuid().safeParse(applicationId).success
    ? await database().application.findUnique({ where: { id: applicationId }, select: applicationDetailSelect })
    : null;
  if (row === null) throw new AppError("not_found", "not_found");
  return toApplicationDetail(row);
}
