"use client";

import { useRouter } from "next/navigation";
import { useRef, useState, useTransition } from "react";
import {
  type DefaultValues,
  type FieldPath,
  type FieldValues,
  type Resolver,
  type UseFormReturn,
  useForm,
} from "react-hook-form";
import type { z } from "zod";
import { useSay } from "@/components/ui/status-region";
import type { ActionError, ActionResult } from "@/lib/actions/action-result";
import { useDraftGuard } from "./unsaved-changes";
import { useActionCall } from "./use-action-call";

export type ActionFormOptions<Input extends FieldValues, Output, Data> = {
  /** Loads what judges the values: `() => import("…").then(…)`. Whoever only looks at a form does without. */
  schema: () => Promise<z.ZodType<Output, Input>>;
  action(input: Output): Promise<ActionResult<Data>>;
  defaultValues: DefaultValues<Input>;
  /** Asked before the values are sent; without a yes they are not, and the form stays as it is. */
  confirm?: (input: Output) => Promise<boolean>;
  /**
   * What the status region of the page says once it went through. `null` where something else shows it: a dialog that
   * opens, an answer on the page. No form saves without a word.
   */
  said: string | ((data: Data) => string) | null;
  /** Whether what was typed is worth a question before it is lost; not so where it only asks for an answer. */
  isGuarded?: boolean;
  /** What comes next; without it the page is rendered anew. */
  onSuccess?: ((data: Data, form: UseFormReturn<Input, unknown, Output>) => void) | undefined;
};

/** A form on its way to an action. */
export type SubmittedForm = {
  submit(event: React.FormEvent): Promise<void>;
  /** Loads what judges the values, once somebody turns to the form. */
  prepare(): void;
  isBusy: boolean;
  /** Why the last attempt failed; what concerns a field is in the form's errors as well. */
  failure: ActionError | undefined;
};

/**
 * Connects a form to a server action. The same schema judges on both sides: here as a courtesy, there as the rule. What
 * was typed stays in the form whatever happens.
 */
export function useActionForm<Input extends FieldValues, Output, Data>({
  schema,
  action,
  defaultValues,
  confirm,
  said,
  isGuarded = true,
  onSuccess,
}: ActionFormOptions<Input, Output, Data>): SubmittedForm & { form: UseFormReturn<Input, unknown, Output> } {
  const router = useRouter();
  const resolver = useRef<Promise<Resolver<Input, unknown, Output>>>(undefined);
  const form = useForm<Input, unknown, Output>({
    resolver: async (...values) => (await loadResolver())(...values),
    defaultValues,
  });
  const [failure, setFailure] = useState<ActionError>();
  const isSending = useRef(false);
  const call = useActionCall();
  const say = useSay();
  const [isBusy, startTransition] = useTransition();
  useDraftGuard(form.subscribe, isGuarded);

  function loadResolver() {
    resolver.current ??= Promise.all([import("./form-resolver"), schema()]).then(([{ createFormResolver }, loaded]) =>
      createFormResolver(loaded),
    );
    // What did not come is asked for again the next time.
    resolver.current.catch(() => {
      resolver.current = undefined;
    });
    return resolver.current;
  }

  function showFailure(error: ActionError) {
    setFailure(error);
    for (const [index, [field, reason]] of Object.entries(error.fieldErrors ?? {}).entries()) {
      // The server names fields of the schema that both sides share.
      form.setError(field as FieldPath<Input>, { message: reason }, { shouldFocus: index === 0 });
    }
  }

  async function send(values: Output) {
    const result = await call(() => action(values));
    if (!result.ok) return showFailure(result.error);
    if (said !== null) say(typeof said === "string" ? said : said(result.data));
    if (onSuccess === undefined) router.refresh();
    else onSuccess(result.data, form);
    // What the fields hold now is saved, whatever they began with.
    form.reset(form.getValues());
  }

  async function review(values: Output) {
    setFailure(undefined);
    say("");
    if (confirm !== undefined && !(await confirm(values))) return;
    await new Promise<void>((resolve) => startTransition(() => send(values).finally(resolve)));
  }

  async function submit(event: React.FormEvent) {
    event.preventDefault();
    // A ref, not the state: a second click can come before the first has been rendered.
    if (isSending.current) return;
    isSending.current = true;
    try {
      const isJudged = await loadResolver().then(
        () => true,
        () => false,
      );
      if (!isJudged) return setFailure({ reason: "page_outdated" });
      await form.handleSubmit(review, () => setFailure(undefined))();
    } finally {
      isSending.current = false;
    }
  }

  const prepare = () => void loadResolver().catch(() => {});

  return { form, submit, prepare, isBusy, failure };
}
