/** Lines of one kind are said so far apart at least. */
const APART_MS = 10_000;
/** Kinds that are told apart at a time; what comes beyond them is one kind. */
const MAX_KINDS = 64;
const OTHERS = "";

interface Kind {
  saidMs: number;
  /** How many came since, and the last of them. */
  more: number;
  say: Say;
}

/** Writes a line; `more`: how many like it have come since the last line, and are left out. */
type Say = (more: number) => void;

/** Keeps a log readable when one input is bad a thousand times: of each kind a line at once, then one every ten seconds, with a count. */
export class LogLimit {
  private readonly kinds = new Map<string, Kind>();

  /** Something to be said, at `nowMs` of any clock. */
  add(kind: string, nowMs: number, say: Say): void {
    const key = this.kinds.has(kind) || this.kinds.size < MAX_KINDS ? kind : OTHERS;
    const known = this.kinds.get(key);
    if (known) {
      known.more++;
      known.say = say;
      return;
    }
    this.kinds.set(key, { saidMs: nowMs, more: 0, say });
    say(0);
  }

  /** Says what it is time for; to be called now and then. */
  turn(nowMs: number): void {
    for (const [key, kind] of this.kinds) {
      if (nowMs - kind.saidMs < APART_MS) continue;
      if (kind.more === 0) this.kinds.delete(key);
      else {
        kind.say(kind.more - 1);
        kind.more = 0;
        kind.saidMs = nowMs;
      }
    }
  }
}
