"use client";

import { type KeyboardEvent, useEffect, useRef } from "react";
import { useIsListPending } from "./list-form";

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

const TYPING_PAUSE_MS = 300;

/**
 * The same for a field that somebody writes into: the list follows while they do, after each pause. Returns what the
 * field needs.
 */
export function useTypedControl(value: string, pauseMs: number = TYPING_PAUSE_MS) {
  const isPending = useIsListPending();
  const ref = useRef<HTMLInputElement>(null);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const shown = useRef<string>(undefined);

  function ask() {
    clearTimeout(timer.current);
    const text = ref.current?.value.trim() ?? "";
    if (text === shown.current) return;
    shown.current = text;
    ref.current?.form?.requestSubmit();
  }

  function askSoon() {
    clearTimeout(timer.current);
    timer.current = setTimeout(ask, pauseMs);
  }

  useEffect(() => {
    const isFirst = shown.current === undefined;
    if (ref.current === null) return;
    shown.current ??= value;
    // What was typed before this ran is asked for; an address that changed elsewhere is shown.
    if (isFirst && ref.current.value.trim() !== value) timer.current = setTimeout(ask, pauseMs);
    else if (value !== shown.current && !isPending) ref.current.value = shown.current = value;
  });

  useEffect(() => () => clearTimeout(timer.current), []);

  return {
    isPending,
    field: {
      ref,
      defaultValue: value,
      onChange: askSoon,
      onKeyDown(event: KeyboardEvent) {
        if (event.key !== "Enter") return;
        event.preventDefault();
        ask();
      },
      // Before a click elsewhere does something: a question that is asked later would undo it.
      onBlur: ask,
    },
  };
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
