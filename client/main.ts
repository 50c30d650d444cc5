import { EVENTS } from "../contracts/topics.ts";
import { fetchModel, fetchWardInfo } from "./api.ts";
import { Settings } from "./controllers/settings.ts";
import { keepTheme } from "./controllers/theme.ts";
import { BedsideApp } from "./elements/shell/bedside-app.ts";
import { openFeed } from "./feed/feed.ts";
import { session, SignInWanted } from "./session/session.ts";
import { AlarmSound } from "./sound/alarm-sound.ts";
import { keepSounding } from "./sound/keep-sounding.ts";
import { tellTimesIn } from "./format.ts";
import { chosenLanguage, speak } from "./locales/locale.ts";
import { openPainter } from "./trace/painting/open-painter.ts";
import { UploadRun } from "./upload/upload-run.ts";
import { ShownTraces } from "./ward/shown-traces.ts";
import { REDUCERS } from "./ward/reducers.ts";
import { WardStore } from "./ward/ward-store.ts";

function storage(): Storage | null {
  try {
    return localStorage;
  } catch {
    return null;
  }
}

const painter = openPainter();
const ward = new WardStore(REDUCERS, painter);
const url = new URL("ws", location.href.replace(/#.*$/, ""));
url.protocol = location.protocol === "https:" ? "wss:" : "ws:";

const shown = new ShownTraces(ward, painter, (show) => feed.send(show));
const feed = openFeed({
  url: url.href,
  events: EVENTS,
  beds: "*",
  screen: String(100 + Math.floor(Math.random() * 900)),
  shown: () => shown.subscribe(),
  ticket: () => session.ticket(),
  isSignedOut: (error) => error instanceof SignInWanted,
  onMessage: (message) => {
    ward.take(message, performance.now());
    shown.take(message);
    if (message.kind === "snapshot") tellHidden();
  },
  onState: (state) => {
    ward.setConnection(state);
    if (state.status === "signed-out") session.end();
    // At each connection: the server may have come back with another model.
    if (state.status !== "live") return;
    void fetchModel().then((model) => ward.setModel(model));
    void fetchWardInfo().then((info) => info && tellTimesIn(info.timeZone));
  },
  onReject: () => ward.reject(),
});
ward.proof.send = (drawn) => feed.send(drawn);
function tellHidden(): void {
  if (document.hidden) feed.send({ type: "hidden" });
}
document.addEventListener("visibilitychange", tellHidden);
void session.ask();
session.changes.subscribe(() => {
  if (session.state?.who) feed.retryNow();
});
addEventListener("online", () => feed.retryNow());
addEventListener("pagehide", () => feed.close());
addEventListener("pageshow", ({ persisted }) => {
  if (persisted) location.reload();
});

const settings = new Settings(storage());
keepTheme(settings, document.documentElement);
await speak(chosenLanguage(settings.values.language, navigator.languages), document.documentElement);
const sound = new AlarmSound(storage());
keepSounding(sound, ward);
document.body.append(new BedsideApp({ ward, settings, sound, painter, upload: new UploadRun() }));
