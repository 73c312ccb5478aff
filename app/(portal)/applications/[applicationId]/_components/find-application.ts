import { cache } from "react";
import { getApplication } from "@/lib/applications/get-application";
import { orNotFound } from "../../../_components/or-not-found";

/** Reads the application a page is about, once for the page and its title, or leads to "not found". */
export const findApplication = cache((applicationId: string) => orNotFound(getApplication(applicationId)));
