import { reportSections } from "../../charts/model-report/sections.ts";
import { reportPage } from "../../charts/page.ts";
import type { Report } from "../../contracts/report.ts";

/** The report as one self-contained HTML document. */
export const modelReportPage = (report: Report): string =>
  reportPage({
    title: "Model report",
    subtitle:
      `How good, on whom, and what must not be trusted. Not a medical device. ${report.date.slice(0, 10)}, \`${report.command}\``.replaceAll(
        "`",
        "",
      ),
    sections: reportSections(report),
  });
