import { Settings } from "./controllers/settings.ts";
import { BedsideApp } from "./elements/shell/bedside-app.ts";
import { openFeed } from "./feed/feed.ts";
import { Ward } from "./ward/ward.ts";

function storage(): Storage | null {
  try {
    return localStorage;
  } catch {
    return null;
  }
}

const ward = new Ward();
const url = new URL("ws", location.href.replace(/#.*$/, ""));
url.protocol = location.protocol === "https:" ? "wss:" : "ws:";

const feed = openFeed({
  url: url.href,
  topics: ["frames", "beats", "conditions"],
  beds: "*",
  onMessage: (message) => ward.take(message, performance.now()),
  onState: (state) => ward.setConnection(state),
  onReject: () => ward.reject(),
});
addEventListener("online", () => feed.retryNow());
addEventListener("pagehide", () => feed.close());
addEventListener("pageshow", ({ persisted }) => {
  if (persisted) location.reload();
});

const app = new BedsideApp();
app.ward = ward;
app.settings = new Settings(storage());
document.body.append(app);
