import type { Attendant } from "@muster/db/queries/staff/trainings";
import { Form } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import { SubmitButton } from "~/ui/button";
import { Card } from "~/ui/card";
import { Checkbox } from "~/ui/choice";
import { EmptyState } from "~/ui/empty-state";
import { Field } from "~/ui/field";
import { checkedOf, FormErrors, refusalIn } from "~/ui/form";
import { Select } from "~/ui/input";
import { FilterBar } from "~/ui/toolbar";
import { Entered } from "./entered";

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
  const stations = [...new Map(people.map((one) => [one.stationId, one.stationName]))];
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
          {stations.map(([stationId, name]) => (
            <fieldset
              key={stationId}
              className="m-0 grid min-w-0 gap-x-4 border-0 border-b border-line p-0 pb-2 sm:grid-cols-2 lg:grid-cols-4"
            >
              <legend className="p-0 font-semibold">{name}</legend>
              {people
                .filter((one) => one.stationId === stationId)
                .map((one) => (
                  <Checkbox
                    key={one.staffId}
                    name="present"
                    value={one.staffId}
                    label={one.name}
                    hint={<Entered>{one.post}</Entered>}
                    disabled={!update}
                    defaultChecked={checkedOf(refused, "present", one.staffId, one.attended)}
                  />
                ))}
            </fieldset>
          ))}
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
