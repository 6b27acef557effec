import type { Attendant } from "@muster/db/queries/staff/trainings";
import { useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "~/ui/button";
import { Checkbox } from "~/ui/choice";
import { Field } from "~/ui/field";
import { checkedOf, type Refused } from "~/ui/form";
import { TextInput } from "~/ui/input";
import { Entered } from "./entered";

/** From so many people on somebody is looked for by name. */
const MANY = 12;

interface Props {
  people: readonly Attendant[];
  update: boolean;
  refused: Refused | null;
}

/** A box for everybody, station by station. With scripts a name finds its box, and one button ticks a station's. */
export function AttendanceList({ people, update, refused }: Props) {
  const { t } = useTranslation(["staff"]);
  const [ready, setReady] = useState(false);
  const [sought, setSought] = useState("");
  useEffect(() => setReady(true), []);
  const stations = [...new Map(people.map((one) => [one.stationId, one.stationName]))];
  const text = sought.trim().toLowerCase();
  const found = (one: Attendant) =>
    text === "" || `${one.name} ${one.post} ${one.stationName}`.toLowerCase().includes(text);
  const hits = people.filter(found);
  return (
    <>
      {ready && people.length > MANY && (
        <div className="flex flex-wrap items-end gap-x-4 gap-y-1">
          <Field id="attendant" label={t("attendance.find")} className="min-w-48 max-w-md flex-1">
            {(control) => (
              <TextInput
                {...control}
                type="search"
                autoComplete="off"
                maxLength={60}
                value={sought}
                onChange={(event) => setSought(event.target.value)}
                // A form with one line of text is sent by Enter; here it only means: look.
                onKeyDown={(event) => {
                  if (event.key === "Enter") event.preventDefault();
                }}
              />
            )}
          </Field>
          <p role="status" className="m-0 py-2 text-sm text-ink-3">
            {text !== "" && t("attendance.found", { count: hits.length })}
          </p>
        </div>
      )}
      {stations.map(([stationId, name]) => {
        const own = people.filter((one) => one.stationId === stationId);
        return (
          <StationBoxes
            key={stationId}
            name={name}
            people={own}
            shown={own.filter(found)}
            selects={ready && update && own.length > 1}
            update={update}
            refused={refused}
          />
        );
      })}
    </>
  );
}

interface BoxesProps extends Props {
  name: string;
  /** Those who fit what is sought; the boxes of the others stay as they are, out of sight. */
  shown: readonly Attendant[];
  selects: boolean;
}

function StationBoxes({ name, people, shown, selects, update, refused }: BoxesProps) {
  const { t } = useTranslation(["staff"]);
  const group = useRef<HTMLFieldSetElement>(null);
  const tick = (checked: boolean) => {
    const boxes = group.current?.querySelectorAll<HTMLInputElement>(
      "label:not([hidden]) input[type=checkbox]",
    );
    for (const box of boxes ?? []) if (!box.disabled) box.checked = checked;
  };
  return (
    <fieldset
      ref={group}
      hidden={shown.length === 0}
      className="m-0 min-w-0 border-0 border-b border-line p-0 pb-2"
    >
      <legend className="p-0 font-semibold">{name}</legend>
      {selects && (
        <div className="flex flex-wrap gap-2 print:hidden">
          <Button
            size="small"
            tone="quiet"
            aria-label={t("attendance.allOf", { name })}
            onClick={() => tick(true)}
          >
            {t("attendance.all")}
          </Button>
          <Button
            size="small"
            tone="quiet"
            aria-label={t("attendance.noneOf", { name })}
            onClick={() => tick(false)}
          >
            {t("attendance.none")}
          </Button>
        </div>
      )}
      <div className="grid gap-x-4 sm:grid-cols-2 lg:grid-cols-4">
        {people.map((one) => (
          <Checkbox
            key={one.staffId}
            name="present"
            value={one.staffId}
            label={one.name}
            hint={<Entered>{one.post}</Entered>}
            disabled={!update}
            hidden={!shown.includes(one)}
            defaultChecked={checkedOf(refused, "present", one.staffId, one.attended)}
          />
        ))}
      </div>
    </fieldset>
  );
}
