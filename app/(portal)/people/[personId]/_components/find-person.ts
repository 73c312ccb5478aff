import { notFound } from "next/navigation";
import { cache } from "react";
import { AppError } from "@/lib/errors/app-error";
import { getPerson } from "@/lib/people/get-person";
import type { PersonDetail } from "@/lib/people/person.types";

/** Reads the person a page is about, once for the page and its title, or leads to "not found". */
export const findPerson = cache(async (personId: string): Promise<PersonDetail> => {
  try {
    return await getPerson(personId);
  } catch (error) {
    if (error instanceof AppError && error.code === "not_found") notFound();
    throw error;
  }
});
