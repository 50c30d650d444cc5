/**
 * What runs in the page and in its workers, as text, since what runs these files adds helpers of its own to functions. Times are Unix ms.
 * `LETTERS`: which letters were written on a canvas, when, and from which corner the pen measured: a trace on a sheet has its own.
 */
export const LETTERS = `
  globalThis.letters = [];
  for (const Context of [globalThis.CanvasRenderingContext2D, globalThis.OffscreenCanvasRenderingContext2D]) {
    if (!Context) continue;
    const { fillText } = Context.prototype;
    Context.prototype.fillText = function (text, ...place) {
      if (text.length === 1) {
        const { e, f } = this.getTransform();
        letters.push([text, performance.timeOrigin + performance.now(), e + " " + f, place[0]]);
      }
      return fillText.call(this, text, ...place);
    };
  }
`;

/** Before the page's own scripts: counts animation frames and renders, and notes of which class a beat came, and when. */
export const IN_PAGE = `
  ${LETTERS}
  globalThis.probe = (() => {
    let frames = 0, tileRenders = 0, renders = 0, beats = [];
    const hidden = new Set();
    // Of each bed the trace that is on a sheet: a tile may move.
    const traces = new Map();
    const placeOf = (bed) => {
      const trace = traces.get(bed);
      if (!trace?.sheet) return "0 0";
      const { x, y } = trace.sheet.placeOf(trace);
      return x + " " + y;
    };
    const tick = () => { frames++; requestAnimationFrame(tick); };
    requestAnimationFrame(tick);

    const define = customElements.define.bind(customElements);
    customElements.define = (name, element, options) => {
      const { update } = element.prototype;
      if (update) element.prototype.update = function (changed) {
        renders++;
        if (name === "bed-tile") tileRenders++;
        return update.call(this, changed);
      };
      define(name, element, options);
    };

    const Native = WebSocket;
    globalThis.WebSocket = class extends Native {
      constructor(...given) {
        super(...given);
        this.addEventListener("message", ({ data }) => {
          if (typeof data !== "string" || !data.startsWith('{"topic":"beats"')) return;
          const bed = /"bed":"([^"]+)"/.exec(data)?.[1];
          const shown = /^#\\/bed\\/(.+)$/.exec(location.hash)?.[1];
          if (hidden.has(bed) || (shown && bed !== decodeURIComponent(shown))) return;
          beats.push([/"beatClass":"(.)"/.exec(data)?.[1], performance.timeOrigin + performance.now(), placeOf(bed)]);
        });
      }
    };
    // Beats of tiles that are out of sight, and of other beds than the one that is looked at, are not waited for.
    const look = (root) => {
      for (const element of root.querySelectorAll("*")) {
        if (element.localName === "bed-tile" && element.getBoundingClientRect().top > innerHeight) hidden.add(element.dataset.bed);
        if (element.localName === "ecg-trace" && element.sheet) traces.set(element.bed.bed, element);
        if (element.shadowRoot) look(element.shadowRoot);
      }
    };
    return {
      reset: () => {
        hidden.clear();
        traces.clear();
        look(document);
        frames = tileRenders = renders = 0; beats = []; letters = []; },
      counts: () => ({ frames, tileRenders, renders, beats, letters }),
    };
  })();
`;
