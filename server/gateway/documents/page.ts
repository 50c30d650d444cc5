import { FROM_CLIENTS, FROM_GATEWAYS, type SocketMessage } from "../../../contracts/asyncapi/socket-messages.ts";
import { TOPIC_WORDS } from "../../../contracts/asyncapi/topic-words.ts";
import { TOPIC_TABLE, type TopicEntry } from "../../../contracts/topics.ts";
import { ROUTE_WORDS } from "./route-words.ts";

const DAY_MS = 86_400_000;

const escaped = (text: string): string =>
  text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");

/** The first cell of each row is a name. */
function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const cells = ([name, ...others]: readonly string[]): string =>
    `<tr><td><code>${escaped(name)}</code></td>${others.map((text) => `<td>${escaped(text)}</td>`).join("")}</tr>`;
  const heads = head.map((text) => `<th scope="col">${escaped(text)}</th>`).join("");
  return `<table><thead><tr>${heads}</tr></thead><tbody>${rows.map(cells).join("")}</tbody></table>`;
}

const keptFor = ({ cleanup }: TopicEntry): string => {
  if (cleanup.policy === "compact") return "the last of each key";
  return cleanup.retentionMs < DAY_MS ? `${cleanup.retentionMs / 3_600_000} h` : `${cleanup.retentionMs / DAY_MS} d`;
};

const topics = (Object.entries(TOPIC_TABLE) as [keyof typeof TOPIC_TABLE, TopicEntry][]).map(([topic, entry]) => {
  const { says, key } = TOPIC_WORDS[topic];
  return [entry.name, topic, key, keptFor(entry), says];
});

const messages = (from: string, list: readonly SocketMessage[]): string[][] =>
  list.map(({ name, says }) => [name, from, says]);

const routes = Object.entries(ROUTE_WORDS).flatMap(([route, words]) => (words ? [[route, words.says]] : []));

/** What other programs can ask of a gateway and of the bus, on one page. It stands under the page's policy: nothing inline. */
export const DOCS_PAGE = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Bedside for programs</title>
<link rel="stylesheet" href="docs/docs.css">
</head>
<body>
<main>
<h1>Bedside for programs</h1>
<p>Frames go in, beats, conditions and alarms come out: over Kafka, or over a gateway’s WebSocket. The package <code>bedside-subscriber</code> does both:</p>
<pre>import { connect } from "bedside-subscriber";

for await (const beat of connect({ url: "http://127.0.0.1:8080" }).beats()) {
  console.log(new Date(beat.timeMs).toISOString(), beat.bed, beat.beatClass);
}</pre>
<ul>
<li><a href="docs/asyncapi.json">asyncapi.json</a>: topics and the socket, AsyncAPI 3</li>
<li><a href="docs/openapi.json">openapi.json</a>: HTTP routes, OpenAPI 3.1</li>
<li><a href="docs/frame.proto">frame.proto</a>, <a href="docs/trace.proto">trace.proto</a>: what is binary</li>
</ul>
<h2>Topics</h2>
${table(["on Kafka", "on the socket", "key", "kept", "what a message says"], topics)}
<h2>Socket: <code>/ws</code></h2>
${table(["message", "from", "what it says"], [...messages("client", FROM_CLIENTS), ...messages("gateway", FROM_GATEWAYS)])}
<h2>HTTP</h2>
${table(["route", "what"], routes)}
</main>
</body>
</html>
`;
