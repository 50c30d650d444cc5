/** What a column's name says it is: the label, or something beside the beat (an id, a time …); null where it says neither. */
export type NamedPart = "label" | "other" | null;

const words = (text: string): ReadonlySet<string> => new Set(text.split(" "));

const LABEL = words(
  "label labels lbl class classes klasse target y category type beattype beatclass classname annotation annotations " +
    "ann anntype symbol symbols aami truth groundtruth gt diagnosis dx rhythm arrhythmia outcome output",
);
const OTHER = words(
  "index idx i id ids uid uuid guid key row no nr num number n # unnamed beat beats beatid beatno beatnumber beatindex " +
    "patient patients patientid pat pid subject subjectid subj case caseid person name record recordid recordname rec " +
    "recording recordings file filename path source src origin db database dataset study visit session segment seg window " +
    "epoch bed ward time times timestamp datetime date day hour sec secs second seconds ms onset offset start end begin " +
    "stop t sample samples sampleindex samplenumber samp position pos rpeak rpos rindex peak r rr rri rrs rrms rrinterval " +
    "interval prerr postrr prevrr nextrr previous next hr heartrate bpm rate age sex gender lead leads channel chan signal " +
    "fs frequency freq sr split fold set part subset quality sqi snr noise weight confidence probability prediction predicted pred score comment " +
    "comments note notes remark remarks hash unit units version zeit datum fall nummer",
);

/**
 * @param name as it stands in the header: upper or lower case, words by spaces, underscores or capitals, a unit in
 * brackets
 */
export function partOf(name: string): NamedPart {
  const bare = name.replace(/[([{].*?[)\]}]/g, " ");
  if (bare.trim() === "") return "other";
  const parts = bare
    .replace(/([a-z\d])([A-Z])/g, "$1 $2")
    .toLowerCase()
    .split(/[^\p{L}\d#]+/u)
    .filter((part) => part !== "");
  const all = [...parts, parts.join("")].flatMap((part) => [part, part.replace(/\d+$/, "")]);
  if (all.some((part) => LABEL.has(part))) return "label";
  return all.some((part) => OTHER.has(part)) ? "other" : null;
}
