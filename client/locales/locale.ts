import { configureLocalization, type LocaleModule } from "@lit/localize";
import { writeIn } from "../format.ts";

/** Each language is a file of translations (locales/de.xlf) and a row here. */
const TRANSLATIONS: Readonly<Record<string, () => Promise<LocaleModule>>> = {
  de: () => import("./generated/de.ts"),
};

export const LANGUAGES = ["en", "de"] as const;
export type Language = (typeof LANGUAGES)[number];

const { setLocale } = configureLocalization({
  sourceLocale: "en",
  targetLocales: Object.keys(TRANSLATIONS),
  loadLocale: (locale) => TRANSLATIONS[locale](),
});

/** The one chosen; else the first of those that the browser's user reads; else English. */
export function chosenLanguage(chosen: string, read: readonly string[]): Language {
  for (const tag of [chosen, ...read]) {
    const known = LANGUAGES.find((language) => tag.toLowerCase().split("-")[0] === language);
    if (known) return known;
  }
  return "en";
}

/**
 * From here on the page speaks this language, and says so on `root`; English where its file does not come. It is called before anything is
 * drawn: who chooses another opens the page anew.
 */
export async function speak(language: Language, root: HTMLElement): Promise<void> {
  try {
    await setLocale(language);
    root.lang = language;
    writeIn(language);
  } catch {
    root.lang = "en";
  }
}
