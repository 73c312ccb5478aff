import { zodResolver } from "@hookform/resolvers/zod";
import type { FieldValues, Resolver } from "react-hook-form";
import { z } from "zod";

// zod otherwise tries whether it may compile its checks with `new Function`, which the Content-Security-Policy reports.
z.config({ jitless: true });

/** Lets a schema judge the values of a form. With zod it is a large part of a form's scripts: load it, do not import it. */
export function createFormResolver<Input extends FieldValues, Output>(
  schema: z.ZodType<Output, Input>,
): Resolver<Input, unknown, Output> {
  return zodResolver(schema);
}
