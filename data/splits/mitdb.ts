/**
 * The inter-patient split of MIT-BIH: de Chazal, O'Dwyer & Reilly, "Automatic classification of heartbeats using ECG
 * morphology and heartbeat interval features", IEEE Trans Biomed Eng 51(7):1196-1206 (2004), Table II.
 */
export const DS1: readonly string[] =
  "101 106 108 109 112 114 115 116 118 119 122 124 201 203 205 207 208 209 215 220 223 230".split(" ");

export const DS2: readonly string[] =
  "100 103 105 111 113 117 121 123 200 202 210 212 213 214 219 221 222 228 231 232 233 234".split(" ");

/** Records with paced beats, left out of both by EC57. */
export const PACED: readonly string[] = ["102", "104", "107", "217"];

/** All of MIT-BIH's records. */
export const MITDB: readonly string[] = [...DS1, ...DS2, ...PACED].toSorted();
