import type { Settings } from "./settings.ts";

/**
 * Keeps on `root` which theme holds, as styles/page.css reads it: the one chosen, else the browser's, also when that changes. Who
 * draws with its colours hears of it as of any setting.
 */
export function keepTheme(settings: Settings, root: HTMLElement): void {
  const light = matchMedia("(prefers-color-scheme: light)");
  const apply = (): void => {
    const { theme } = settings.values;
    root.dataset["theme"] = theme === "system" ? (light.matches ? "light" : "dark") : theme;
  };
  apply();
  settings.changes.subscribe(apply);
  light.addEventListener("change", () => settings.set({}));
}
