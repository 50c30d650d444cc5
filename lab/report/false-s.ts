import { type FalseS, S_TRUTHS } from "../../contracts/false-s.ts";
import type { ReportFalseS } from "../../contracts/report.ts";

/** What `npm run false-s` counted of one split. */
export const falseSOf = ({ command, model, split, trainedOn, groups }: FalseS): ReportFalseS => ({
  command,
  hash: model.hash.slice(0, 12),
  isHoldOut: split === "report",
  trainedOn: [...trainedOn],
  groups: groups.map((group) => {
    const isKnown = group.falseS !== null;
    const interval = isKnown ? group.interval.falsePerHour : group.interval.calledPerHour;
    const { name, truth, records, hours, calledS, falseS, shareWithS } = group;
    return {
      name,
      truth: S_TRUTHS[truth],
      records,
      hours,
      calledS,
      falseS,
      perHour: isKnown ? group.falsePerHour : group.calledPerHour,
      interval: interval && [...interval],
      shareWithS,
    };
  }),
});
