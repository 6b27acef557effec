import type { Attendant } from "@muster/db/queries/staff/trainings";
import { Form } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import { SubmitButton } from "~/ui/button";
import { Card } from "~/ui/card";
import { EmptyState } from "~/ui/empty-state";
import { Field } from "~/ui/field";
import { FormErrors, refusalIn } from "~/ui/form";
import { Select } from "~/ui/input";
import { FilterBar } from "~/ui/toolbar";
import { AttendanceList } from "./attendance-list";

interface Props {
  data: unknown;
  version: number;
  people: readonly Attendant[];
  /** Stations whose staff can be listed; empty where everybody is listed at once. */
  places: readonly { id: number; name: string }[];
  below: number;
  update: boolean;
}

/** Who served on the day, with a box for whoever attended, station by station. */
export function AttendanceCard({ data, version, people, places, below, update }: Props) {
  const { t } = useTranslation(["staff"]);
  const refused = refusalIn(data, "attendance");
  return (
    <Card title={t("attendance.title")}>
      {places.length > 0 && (
        <div className="mb-4">
          <FilterBar label={t("attendance.filter")}>
            <Field id="below" label={t("attendance.place")}>
              {(control) => (
                <Select
                  {...control}
                  name="below"
                  defaultValue={String(below)}
                  options={places.map(({ id, name }) => ({ value: String(id), label: name }))}
                />
              )}
            </Field>
          </FilterBar>
        </div>
      )}
      {people.length === 0 ? (
        <EmptyState title={t("attendance.empty")}>{t("attendance.emptyHint")}</EmptyState>
      ) : (
        <Form method="post" className="grid gap-3">
          <FormErrors refused={refused} />
          <input type="hidden" name="version" value={version} />
          <input type="hidden" name="below" value={below} />
          <AttendanceList people={people} update={update} refused={refused} />
          {update && (
            <div>
              <SubmitButton intent="attendance">{t("attendance.save")}</SubmitButton>
            </div>
          )}
        </Form>
      )}
    </Card>
  );
}
