"use client";

import { useTranslations } from "next-intl";
import { Button } from "@/components/ui/button";

/** The button of a list's form where no script asks for what was chosen. With scripts it would do nothing more. */
export function SubmitWithoutScripts() {
  const t = useTranslations("list");
  return (
    <Button type="submit" className="hidden noscript:inline-flex">
      {t("search")}
    </Button>
  );
}
