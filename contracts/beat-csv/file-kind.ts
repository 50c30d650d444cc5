/** What Bedside does take of continuous recordings, and what makes rows of one. */
export const RECORDING_REMEDY =
  "not rows of beats: convert it to a WFDB record with annotations and score that (npm run evaluate -- --db FOLDER), " +
  "or cut it into beats of 187 samples at 125 Hz, one a line, scaled from 0 to 1";

const UNPACK = "unpack it, and give the CSV file in it";
const WRITE = "write its rows as CSV";

/** Bytes that a file begins with (`at` bytes from its begin), as Latin-1, and what it is then. */
const MAGIC: readonly (readonly [bytes: string, what: string, at?: number])[] = [
  ["\x1F\x8B", `compressed by gzip: ${UNPACK}`],
  ["PK\x03\x04", "a zip archive or an Excel workbook: unpack it, or save it as CSV"],
  ["PK\x05\x06", "an empty zip archive: give a CSV file"],
  ["1AY&SY", `compressed by bzip2: ${UNPACK}`, 4],
  ["\xFD7zXZ\0", `compressed by xz: ${UNPACK}`],
  ["7z\xBC\xAF", `a 7z archive: ${UNPACK}`],
  ["Rar!\x1A", `a RAR archive: ${UNPACK}`],
  ["\x28\xB5\x2F\xFD", `compressed by zstd: ${UNPACK}`],
  ["\x04\x22\x4D\x18", `compressed by LZ4: ${UNPACK}`],
  ["\xD0\xCF\x11\xE0", "an Excel workbook of the old kind: save it as CSV"],
  ["\x89PNG", "a picture: give its numbers, as CSV"],
  ["\xFF\xD8\xFF", "a picture: give its numbers, as CSV"],
  ["GIF8", "a picture: give its numbers, as CSV"],
  ["%PDF", "a PDF: give its numbers, as CSV"],
  ["\x89HDF", `an HDF5 or MATLAB file: ${WRITE}`],
  ["MATLAB 5.0 MAT-file", `a MATLAB file: ${WRITE}`],
  ["\x93NUMPY", `a NumPy array: ${WRITE} (numpy.savetxt)`],
  ["SQLite format 3\0", `a database: ${WRITE}`],
  ["\xFF\xFE\0\0", "UTF-32: save it as UTF-8"],
  ["\0\0\xFE\xFF", "UTF-32: save it as UTF-8"],
  ["\xFFBIOSEMI", `a continuous recording (BDF), ${RECORDING_REMEDY}`],
  ["DICM", `a DICOM file: ${WRITE}`, 128],
];
/** Start date and time in the header of EDF (Kemp et al. 1992). */
const EDF = /^0 {7}[^]{160}\d\d\.\d\d\.\d\d\d\d\.\d\d\.\d\d/;
const XML = /^(\xEF\xBB\xBF)?\s*<(\?xml|!doctype|!--|[a-z][\w:-]*[\s/>])/i;
const JSON_TEXT = /^(\xEF\xBB\xBF)?\s*(\{\s*["}]|\[\s*["[{\]\d.-])/;
/** Control characters that no text has; the zero byte is UTF-16's, too. */
// oxlint-disable-next-line no-control-regex -- they are what is looked for
const CONTROL = /[\x01-\x08\x0E-\x19\x1C-\x1F\x7F]/;

/** Bytes from a file's begin that tell its kind. */
export const KIND_BYTES = 256;

/** Why a file that begins with these bytes is no text of rows, what it is and what to do; null where it may be one. */
export function refusalOfKind(first: Uint8Array, isUtf16: boolean): string | null {
  const text = String.fromCharCode(...first);
  for (const [bytes, what, at = 0] of MAGIC) if (text.startsWith(bytes, at)) return `this file is ${what}`;
  if (EDF.test(text)) return `this file is a continuous recording (EDF), ${RECORDING_REMEDY}`;
  if (XML.test(text)) return `this file is XML or HTML: ${WRITE}`;
  if (JSON_TEXT.test(text)) return `this file is JSON: ${WRITE}`;
  if (!isUtf16 && CONTROL.test(text)) return NOT_TEXT;
  return null;
}

export const NOT_TEXT = "this is not a text file: give beats as CSV";
