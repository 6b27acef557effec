import { Form, useSearchParams } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import { Columns3 } from "~/ui/icons";
import { SubmitButton } from "./button";
import { Checkbox } from "./choice";
import { Menu } from "./menu";

export interface ColumnChoiceProps {
  columns: readonly { id: string; label: string }[];
  /** Ids of the columns on screen. */
  shown: readonly string[];
  /** Name of the parameter in the address. */
  name?: string;
}

/** Which columns a list shows: part of its address, so that it can be sent on, exported and kept. */
export function ColumnChoice({ columns, shown, name = "cols" }: ColumnChoiceProps) {
  const { t } = useTranslation();
  const [search] = useSearchParams();
  const others = [...search].filter(([key]) => key !== name);
  return (
    <Menu label={t("table.columns")} icon={<Columns3 aria-hidden className="size-icon" />} align="end">
      <Form method="get" className="grid gap-1 p-3" preventScrollReset>
        {others.map(([key, value]) => (
          <input key={`${key}=${value}`} type="hidden" name={key} value={value} />
        ))}
        {columns.map(({ id, label }) => (
          <Checkbox key={id} name={name} value={id} label={label} defaultChecked={shown.includes(id)} />
        ))}
        <SubmitButton size="small">{t("apply")}</SubmitButton>
      </Form>
    </Menu>
  );
}
