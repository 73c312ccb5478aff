import AxeBuilder from "@axe-core/playwright";
import type { Page } from "@playwright/test";

const STANDARD = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
/** Rules of these that another language or another theme can break. The structure is that of the first look. */
const WORDS_AND_COLORS = [
  "color-contrast",
  "link-in-text-block",
  "html-has-lang",
  "html-lang-valid",
  "valid-lang",
  "document-title",
  "empty-heading",
  "button-name",
  "link-name",
  "label",
  "select-name",
  "image-alt",
  "svg-img-alt",
  "aria-command-name",
  "aria-dialog-name",
  "aria-input-field-name",
  "aria-toggle-field-name",
  "label-content-name-mismatch",
];

/**
 * Checks the page with axe and returns what breaks its rules, each with the elements: WCAG 2.2 AA and axe's best
 * practices, or of those only what depends on words and colours.
 */
export async function findViolations(
  page: Page,
  { isOnlyWordsAndColors = false }: { isOnlyWordsAndColors?: boolean } = {},
): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page })
    .options({
      runOnly: isOnlyWordsAndColors ? { type: "rule", values: WORDS_AND_COLORS } : { type: "tag", values: STANDARD },
      resultTypes: ["violations"],
    })
    // There are no frames; without this each check opens a second page to put its answers together.
    .setLegacyMode(true)
    .analyze();
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(" | ")}`);
}
