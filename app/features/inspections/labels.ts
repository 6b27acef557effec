import type { FindingSeverity, FindingState, InspectionState } from "@muster/domain/inspection";
import type { Tone } from "~/ui/tag";

export const INSPECTION_TONES: Record<InspectionState, Tone> = {
  planned: "mute",
  under_way: "info",
  concluded: "good",
  called_off: "mute",
};

export const FINDING_TONES: Record<FindingState, Tone> = {
  open: "warn",
  answered: "info",
  returned: "bad",
  closed: "good",
  withdrawn: "mute",
};

export const SEVERITY_TONES: Record<FindingSeverity, Tone> = { minor: "mute", major: "warn", grave: "bad" };
