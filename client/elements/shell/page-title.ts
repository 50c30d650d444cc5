import { msg } from "@lit/localize";
import type { ReactiveControllerHost } from "lit";
import { addressBar } from "../../controllers/route.ts";
import type { FeedState } from "../../feed/feed.ts";
import type { WardStore } from "../../ward/ward-store.ts";
import { parseRoute, type Route, viewOf } from "./views.ts";

const CONNECTION: Readonly<Record<FeedState["status"], () => string | null>> = {
  live: () => null,
  connecting: () => msg("Connecting"),
  stale: () => msg("No data"),
  offline: () => msg("Offline"),
  "signed-out": () => msg("Signed out"),
};

/**
 * What a tab says while another is looked at: how many alarms call for somebody, the most urgent one's bed and kind, then the
 * page, e.g. "●2 b4 VT – Bedside". Without a connection that instead: alarms as last heard are worth less than to know it.
 */
export function pageTitle(route: Route, { alarms, connection }: Pick<WardStore, "alarms" | "connection">): string {
  const calling = alarms.filter(({ alarm }) => !alarm.isQuiet);
  const first = calling.at(0);
  const state =
    CONNECTION[connection.status]() ?? (first ? `●${calling.length} ${first.bed.bed} ${first.alarm.short}` : null);
  return [state, viewOf(route).title(route.subject), "Bedside"].filter((part) => part !== null).join(" – ");
}

/** Keeps the document's title while `host` is connected, without rendering it. */
export function keepTitle(host: ReactiveControllerHost, ward: WardStore): void {
  let stops: (() => void)[] = [];
  const tell = (): void => {
    document.title = pageTitle(parseRoute(location), ward);
  };
  host.addController({
    hostConnected: () => {
      stops = [addressBar, ward.changes.alarms, ward.changes.connection].map((source) => source.subscribe(tell));
      tell();
    },
    hostDisconnected: () => {
      for (const stop of stops) stop();
    },
  });
}
