"use client";

import { Copy, ExternalLink } from "lucide-react";
import { useTranslations } from "next-intl";
import { copyText } from "@/components/ui/clipboard";
import { useSay } from "@/components/ui/status-region";
import { useIsHydrated } from "@/components/ui/use-is-hydrated";

const ICON_BUTTON = "grid size-9 place-items-center rounded-md text-ink-muted hover:bg-sunken hover:text-ink";

/** Opens the link of a room in a tab of its own, or takes it along. */
export function RoomLink({ name, url }: { name: string; url: string }) {
  const t = useTranslations("rooms");
  const say = useSay();
  const isHydrated = useIsHydrated();

  async function copy() {
    const isCopied = await copyText(url);
    say(isCopied ? t("linkCopied", { name }) : t("linkNotCopied", { url }));
  }

  return (
    <div className="flex">
      <a
        href={url}
        target="_blank"
        rel="noreferrer"
        aria-label={t("openLink", { name })}
        title={t("openLink", { name })}
        className={ICON_BUTTON}
      >
        <ExternalLink aria-hidden="true" className="size-4" />
      </a>
      <button
        type="button"
        disabled={!isHydrated}
        aria-label={t("copyLink", { name })}
        title={t("copyLink", { name })}
        className={ICON_BUTTON}
        onClick={copy}
      >
        <Copy aria-hidden="true" className="size-4" />
      </button>
    </div>
  );
}
