import { z } from "zod";

/** What people copy with a code: spaces and dashes between its groups. */
const code = z.string().trim().min(1, "code_required").max(64, "code_wrong");

export const authenticatorCodeSchema = z.strictObject({ code });
