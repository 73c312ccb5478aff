import { notFound } from "next/navigation";
import { pageTitle } from "@/app/page-title";

export const generateMetadata = pageTitle("failure.notFoundTitle");

/** Every address that no other page has. */
export default function UnknownPage(): never {
  notFound();
}
