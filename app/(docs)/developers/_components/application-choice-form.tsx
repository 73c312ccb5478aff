import { useTranslations } from "next-intl";
import { Button } from "@/components/ui/button";
import { inputStyles } from "@/components/ui/input-styles";
import type { ApplicationChoice } from "@/lib/applications/listing/list-application-choices";
import { cn } from "@/lib/cn";
import { routes } from "@/lib/routes";

type ApplicationChoiceFormProps = { choices: readonly ApplicationChoice[]; chosenId: string };

/** Whose client ID the snippets hold. The choice is part of the address, so that it can be sent to a colleague. */
export function ApplicationChoiceForm({ choices, chosenId }: ApplicationChoiceFormProps) {
  const t = useTranslations("developers");
  const byName = choices.toSorted((a, b) => a.name.localeCompare(b.name));
  return (
    <form action={routes.developers.start()} method="get" className="flex flex-wrap items-end gap-3">
      <label className="grid min-w-0 flex-1 gap-1.5 text-sm font-semibold sm:max-w-sm">
        {t("application")}
        <select key={chosenId} name="application" defaultValue={chosenId} className={cn(inputStyles, "font-normal")}>
          {byName.map(({ id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
        </select>
      </label>
      <Button type="submit">{t("useApplication")}</Button>
    </form>
  );
}
