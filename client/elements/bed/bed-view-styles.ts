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
    .patient {
      max-width: 30ch;
      overflow: hidden;
      text-overflow: ellipsis;
      font-size: 1.25rem;
      font-weight: 600;
      white-space: nowrap;
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
      grid-template-columns: minmax(0, 1fr) 216px;
      background: var(--panel);
      border: 1px solid var(--line);
      border-radius: 10px;
      overflow: hidden;
    }
    figure {
      margin: 0;
    }
    trace-tools + figure,
    figure + figure,
    figure + trace-filter {
      border-top: 1px solid var(--line);
    }
    .lead {
      position: relative;
    }
    ecg-trace {
      height: clamp(150px, 20vh, 300px);
    }
    /* As high as a frozen trace's sign: nothing moves. */
    figcaption {
      display: flex;
      flex-wrap: wrap;
      align-items: center;
      gap: 0 0.75rem;
      min-height: 2.25rem;
      padding: 0 0.75rem;
      font-size: 0.8125rem;
      color: var(--ink-dim);
    }
    figcaption > b {
      font-size: 1.125rem;
      color: var(--ink);
    }
    .px {
      margin-left: 0.5rem;
      font-size: 0.75rem;
    }
    .frozen figcaption,
    .frozen figcaption > b {
      color: var(--bg);
      background: var(--focus);
    }
    .frozen .scale {
      margin-left: auto;
    }
    .frozen .px {
      display: none;
    }
    .traces {
      container-type: inline-size;
    }
    @container (max-width: 760px) {
      frozen-sign {
        --frozen-size: 1.5rem;
        --frozen-aside-size: 1rem;
      }
      .frozen .scale {
        font-size: 0.75rem;
      }
    }
    @container (max-width: 480px) {
      frozen-sign {
        --frozen-size: 1.25rem;
        --frozen-aside-size: 0.875rem;
        column-gap: 0.5rem;
      }
      .frozen .scale {
        margin-left: 0;
      }
    }
    aside {
      display: flex;
      flex-direction: column;
      gap: 10px;
      padding: 14px 14px 14px 8px;
      border-left: 1px solid var(--line);
      --heart-rate-size: 84px;
    }
    dl {
      display: grid;
      grid-template-columns: 1fr auto;
      align-items: center;
      justify-items: end;
      gap: 10px;
      font-size: 14px;
    }
    dt {
      color: var(--ink-dim);
    }
    /* The most urgent one's band has its room kept: what is below stays where it is as alarms come and go. */
    .open {
      display: flex;
      flex-wrap: wrap;
      align-items: center;
      gap: 6px;
      min-height: 2.5rem;
    }
    .calm {
      color: var(--ink-dim);
    }
    .open alarm-banner:first-child {
      width: 100%;
      --banner-size: 1.75rem;
      --banner-aside-size: 1.25rem;
      --banner-line: 2.5rem;
      --banner-most: none;
      --banner-wrap: normal;
    }
    .panels {
      display: grid;
      grid-template-columns: repeat(2, minmax(0, 1fr));
      grid-template-rows: 230px 340px auto;
      gap: 10px;
      flex: 1;
    }
    @media (max-width: 700px) {
      .px {
        display: none;
      }
      .now {
        grid-template-columns: minmax(0, 1fr);
      }
      header {
        flex-wrap: wrap;
        row-gap: 6px;
      }
      .open alarm-banner:first-child {
        --banner-size: 1.25rem;
        --banner-aside-size: 1rem;
      }
      aside {
        order: -1;
        flex-direction: row-reverse;
        justify-content: space-between;
        align-items: flex-end;
        border-left: none;
        border-bottom: 1px solid var(--line);
        padding: 10px 14px;
        --heart-rate-size: 72px;
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
      median-beat {
        height: 320px;
      }
    }
  `,
];
