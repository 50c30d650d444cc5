import { halfOf } from "./halves.ts";

/**
 * The records of MIT-BIH's Supraventricular Arrhythmia Database whose samples are known (data/identity), 56 of 78. The other 22 have a half by
 * their name (halfOf), but no recording can be told to be one of them: they are in no split, and are not trained on.
 */
export const SVDB: readonly string[] = (
  "802 803 804 806 807 808 809 810 812 820 822 823 824 826 827 828 829 840 841 842 843 844 845 846 847 849 850 851 852 853 854 855 856 857 " +
  "858 859 861 862 863 864 866 867 869 870 871 872 873 874 876 877 878 885 887 889 890 891"
).split(" ");

const half = (wanted: "development" | "report"): readonly string[] =>
  SVDB.filter((record) => halfOf("svdb", record) === wanted);

/** What may be learned from: 44 records. */
export const SVDB_DEVELOPMENT: readonly string[] = half("development");

/** What is reported on alone: 12 records. */
export const SVDB_REPORT: readonly string[] = half("report");
