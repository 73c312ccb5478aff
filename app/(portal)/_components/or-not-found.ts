import { notFound } from "next/navigation";
import { AppError } from "@/lib/errors/app-error";

/** Waits for what a page is about, or leads to "not found" when there is no such thing. */
export async function orNotFound<Row>(reading: Promise<Row>): Promise<Row> {
  try {
    return await reading;
  } catch (error) {
    if (error instanceof AppError && error.code === "not_found") notFound();
    throw error;
  }
}
