import { useTranslation } from "react-i18next";
import { Search } from "~/ui/icons";
import { Button } from "./button";
import { TextInput } from "./input";

export interface SearchBoxProps {
  label: string;
  name?: string;
  defaultValue?: string;
  placeholder?: string;
}

/** Search text inside a FilterBar or a GET form. */
export function SearchBox({ label, name = "q", defaultValue, placeholder }: SearchBoxProps) {
  const { t } = useTranslation();
  return (
    <div className="flex min-w-0 flex-1 basis-56">
      <TextInput
        type="search"
        name={name}
        aria-label={label}
        defaultValue={defaultValue}
        placeholder={placeholder ?? label}
        className="rounded-r-none"
        maxLength={100}
      />
      <Button type="submit" aria-label={t("search")} className="-ml-px rounded-l-none">
        <Search aria-hidden className="size-icon" />
      </Button>
    </div>
  );
}
