import { css } from "lit";
import { shared } from "../../styles/shared.ts";

export const bedStyles = [
  shared,
  css`
    :host {
      display: flex;
      flex-direction: column;
      gap: 10px;
      min-height: 100%;
    }
    header {
      display: flex;
      align-items: center;
      gap: 14px;
      min-height: 36px;
    }
    .back {
      padding: 6px 12px 6px 8px;
      border: 1px solid var(--line);
      border-radius: 6px;
      background: var(--panel-raised);
      font-size: 14px;
      text-decoration: none;
      white-space: nowrap;
    }
    .back:hover {
      border-color: var(--ink-dim);
    }
    h1 {
      font-size: 26px;
      line-height: 1;
    }
    .source {
      flex: 1;
      color: var(--ink-dim);
      font-size: 14px;
    }
    .unknown {
      padding: 40px;
      text-align: center;
      color: var(--ink-dim);
    }
    .now {
      display: grid;
      grid-template-columns: minmax(0, 1fr) 190px;
      background: var(--panel);
      border: 1px solid var(--line);
      border-radius: 10px;
      overflow: hidden;
    }
    figure {
      position: relative;
      margin: 0;
    }
    figure + figure {
      border-top: 1px solid var(--line);
    }
    ecg-trace {
      height: clamp(170px, 23vh, 300px);
    }
    figcaption {
      position: absolute;
      left: 8px;
      bottom: 5px;
      padding: 1px 6px;
      border-radius: 4px;
      background: rgb(13 19 26 / 0.8);
      font-size: 12px;
      color: var(--ink-dim);
    }
    figcaption b {
      font-size: 15px;
      color: var(--ink);
      margin-right: 6px;
    }
    aside {
      display: flex;
      flex-direction: column;
      gap: 10px;
      padding: 14px 14px 14px 8px;
      border-left: 1px solid var(--line);
      --heart-rate-size: 96px;
    }
    .last {
      display: flex;
      justify-content: flex-end;
      align-items: center;
      gap: 8px;
      font-size: 14px;
      color: var(--ink-dim);
    }
    .open {
      display: grid;
      gap: 6px;
      margin-top: auto;
    }
    .panels {
      display: grid;
      grid-template-columns: repeat(2, minmax(0, 1fr));
      grid-template-rows: 230px auto;
      gap: 10px;
      flex: 1;
    }
    @media (max-width: 700px) {
      .now {
        grid-template-columns: minmax(0, 1fr);
      }
      aside {
        order: -1;
        border-left: none;
        border-bottom: 1px solid var(--line);
        display: grid;
        grid-template-columns: minmax(0, 1fr) auto;
        align-items: end;
        padding: 10px 12px;
        --heart-rate-size: 72px;
      }
      heart-rate {
        grid-area: 1 / 2 / 3 / 3;
      }
      .last {
        grid-area: 2 / 1;
        justify-content: flex-start;
      }
      .open {
        grid-area: 1 / 1;
        align-self: start;
      }
      ecg-trace {
        height: 170px;
      }
      .panels {
        grid-template: none / minmax(0, 1fr);
        grid-auto-rows: auto;
      }
      heart-rate-trend,
      rr-tachogram {
        height: 220px;
      }
    }
  `,
];
