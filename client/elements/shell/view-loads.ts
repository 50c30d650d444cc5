import type { ReactiveControllerHost } from "lit";
import type { Route } from "./views.ts";
import { viewOf, type ViewName } from "./views.ts";

/** How far the code of a view has come. */
export type Loaded = "here" | "coming" | "failed";

/** Brings the code of views as they are opened, each once. One that did not come is asked for again only by `retry`. */
export class ViewLoads {
  private readonly states = new Map<ViewName, Loaded>();

  /** `loaderOf`: what brings a view, null where it came with the page. */
  constructor(
    private readonly host: Pick<ReactiveControllerHost, "requestUpdate">,
    private readonly loaderOf = (view: ViewName): (() => Promise<unknown>) | null => viewOf({ view }).load,
  ) {}

  stateOf({ view }: Pick<Route, "view">): Loaded {
    const state = this.states.get(view);
    if (state) return state;
    const load = this.loaderOf(view);
    if (!load) return "here";
    void this.bring(view, load);
    return "coming";
  }

  retry({ view }: Pick<Route, "view">): void {
    if (this.states.get(view) !== "failed") return;
    this.states.delete(view);
    this.host.requestUpdate();
  }

  /** Brings a view before it is opened: then it opens at once, also without a server. What does not come now is asked for when it is opened. */
  async ahead(view: ViewName): Promise<void> {
    if (this.states.has(view)) return;
    const came = await this.loaderOf(view)?.().then(
      () => true,
      () => false,
    );
    if (came) this.states.set(view, "here");
  }

  private async bring(view: ViewName, load: () => Promise<unknown>): Promise<void> {
    this.states.set(view, "coming");
    try {
      await load();
      this.states.set(view, "here");
    } catch {
      this.states.set(view, "failed");
    }
    this.host.requestUpdate();
  }
}
