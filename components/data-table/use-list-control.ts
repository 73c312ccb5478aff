"use client";

import { useEffect, useRef } from "react";

type Control = HTMLInputElement | HTMLSelectElement;

/**
 * Keeps a control of a list in step with the address: one that changed elsewhere is shown, and what somebody chose
 * before the page was ready is asked for.
 */
export function useListControl<Element extends Control>(value: string | boolean) {
  const ref = useRef<Element>(null);
  const shown = useRef<string | boolean>(undefined);

  useEffect(() => {
    const control = ref.current;
    if (control === null || shown.current === value) return;
    const isFirst = shown.current === undefined;
    shown.current = value;
    if (read(control) === value) return;
    if (isFirst) control.form?.requestSubmit();
    else write(control, value);
  }, [value]);

  return ref;
}

function read(control: Control): string | boolean {
  return isCheckbox(control) ? control.checked : control.value;
}

function write(control: Control, value: string | boolean): void {
  if (isCheckbox(control)) control.checked = value === true;
  else control.value = String(value);
}

function isCheckbox(control: Control): control is HTMLInputElement {
  return control instanceof HTMLInputElement && control.type === "checkbox";
}
