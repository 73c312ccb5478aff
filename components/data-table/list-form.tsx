"use client";

import type { Route } from "next";
import { useRouter } from "next/navigation";
import { createContext, type ReactNode, use, useEffect, useRef, useTransition } from "react";
import { withoutDefaults } from "@/lib/list/form-query";
import { LIST_DEFAULTS, orderOf } from "@/lib/list/list-address";

/** Controls outside of the form belong to it by this id: `form={LIST_FORM}`. A page has one list. */
export const LIST_FORM = "list-form";

const Pending = createContext(false);

/** Tells whether the server is looking. */
export function useIsListPending(): boolean {
  return use(Pending);
}

type ListFormProps = {
  /** What the address says now, with its query. A change from elsewhere is taken up. */
  address: Route;
  children: ReactNode;
};

/**
 * Search, filters and page size of a list. The address is the state: a control changes it, the server answers. Before,
 * and without, scripts it is a form like any other, with a button. Controls ask for it with `requestSubmit()`.
 */
export function ListForm({ address, children }: ListFormProps) {
  const [path = "", query = ""] = address.split("?");
  const router = useRouter();
  const [isPending, startTransition] = useTransition();
  const asked = useRef<string>(address);

  useEffect(() => {
    if (!isPending) asked.current = address;
  }, [address, isPending]);

  function submit(event: React.FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const chosen = withoutDefaults(new FormData(event.currentTarget), LIST_DEFAULTS);
    const next = (chosen === "" ? path : `${path}?${chosen}`) as Route;
    // The page number is no control: leaving a box as it was must not lead back to the first page.
    if (next === withoutPage(asked.current)) return;
    asked.current = next;
    startTransition(() => router.replace(next, { scroll: false }));
  }

  return (
    <search>
      <form id={LIST_FORM} action={path} autoComplete="off" onSubmit={submit}>
        <Pending value={isPending}>{children}</Pending>
        {/* No control says the order. */}
        {Object.entries(orderOf(Object.fromEntries(new URLSearchParams(query)))).map(([name, value]) => (
          <input key={name} type="hidden" name={name} value={value} />
        ))}
      </form>
    </search>
  );
}

function withoutPage(address: string): string {
  const [path = "", query = ""] = address.split("?");
  const search = new URLSearchParams(query);
  search.delete("page");
  return search.size === 0 ? path : `${path}?${search}`;
}
