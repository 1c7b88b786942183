"""The parts of the workbook that recomputes itself (see `tender_eval.report.workbook.report`)."""
