"use client";

import Link from "next/link";
import { useTranslations } from "next-intl";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { routes } from "@/lib/routes";
import type { Shortcut } from "./shortcuts";

type KeysDialogProps = {
  shortcuts: readonly Shortcut[];
  areSingleKeysOn: boolean;
  isApple: boolean;
  onClose(): void;
  returnFocus(): void;
};

/** Lists the keys: the very ones that are listened to. */
export function KeysDialog({ shortcuts, areSingleKeysOn, isApple, onClose, returnFocus }: KeysDialogProps) {
  const t = useTranslations("keys");
  return (
    <Dialog
      isOpen
      onOpenChange={onClose}
      title={t("title")}
      description={<p>{areSingleKeysOn ? t("on") : t("off")}</p>}
      className="max-h-full overflow-y-auto"
      returnFocus={returnFocus}
    >
      <dl className="grid grid-cols-[auto_minmax(0,1fr)] items-baseline gap-x-6 gap-y-2 text-sm">
        <Row keys={isApple ? "⌘ K" : `${t("control")} K`} act={t("acts.palette")} />
        {areSingleKeysOn &&
          shortcuts.map(({ id, keys }) => <Row key={id} keys={keys.toUpperCase()} act={t(`acts.${id}`)} />)}
      </dl>
      <div className="flex flex-wrap items-center justify-between gap-3">
        <Link
          href={`${routes.account()}#keys`}
          onClick={onClose}
          className="link inline-flex min-h-8 items-center text-sm"
        >
          {areSingleKeysOn ? t("switchOff") : t("switchOn")}
        </Link>
        <Button onClick={onClose}>{t("close")}</Button>
      </div>
    </Dialog>
  );
}

/** Keys that are pressed one after the other, or together with the first. */
function Row({ keys, act }: { keys: string; act: string }) {
  return (
    <>
      <dt className="flex gap-1">
        {keys.split(" ").map((key, index) => (
          <kbd
            // biome-ignore lint/suspicious/noArrayIndexKey: the same key may come twice
            key={index}
            className="min-w-7 rounded border border-line-strong bg-sunken px-1.5 py-0.5 text-center font-mono text-xs"
          >
            {key}
          </kbd>
        ))}
      </dt>
      <dd>{act}</dd>
    </>
  );
}
