import { dropStaffingRule, putStaffingRule } from "@muster/db/queries/catalogue-edit";
import { useActionData, useLoaderData } from "@remix-run/react";
import { CatalogueFrame } from "~/features/catalogue/catalogue-frame";
import { AtMonth, catalogueHead } from "~/features/catalogue/catalogue-view.server";
import { edited } from "~/features/catalogue/edit-refusal.server";
import { EditFields, StaffingFields } from "~/features/catalogue/fields.server";
import { StaffingRulePage } from "~/features/catalogue/staffing-rule-page";
import { read, write } from "~/server/route.server";
import { refusalIn } from "~/ui/form";
import { page } from "~/ui/page-handle";

export const handle = page({
  i18n: ["settings"],
  title: (t) => t("settings:catalogue.tab.staffing"),
  crumbs: (t) => [
    { label: t("nav:settings"), to: "/settings" },
    { label: t("settings:catalogue.title"), to: "/settings/catalogue" },
    { label: t("settings:catalogue.tab.staffing") },
  ],
});

export const loader = read(
  { authorization: { action: "read", subject: "Catalogue" }, search: AtMonth },
  async ({ scoped, search, now, may }) => {
    const { catalogue, head } = await scoped((tx) => catalogueHead(tx, now, search.at));
    const rules = [...catalogue.staffing].sort((a, b) => (a.validFrom < b.validFrom ? 1 : -1));
    const inForce = catalogue.at(head.at).staffing;
    // A city that has never said anything stands under the first rule.
    return {
      head,
      mayEdit: may("update", "Catalogue"),
      inForce,
      rules: rules.length > 0 ? rules : [inForce],
    };
  },
);

export const action = write({
  authorization: { action: "update", subject: "Catalogue" },
  intents: {
    save: {
      form: StaffingFields,
      run: async ({ form: { version, from, ...rule }, scoped, locale, done }) => {
        edited(await scoped.write((tx) => putStaffingRule(tx, { version, from, rule })), locale);
        return done("/settings/catalogue/staffing", "settings:catalogue.saved");
      },
    },
    drop: {
      form: EditFields,
      run: async ({ form, scoped, locale, done }) => {
        edited(await scoped.write((tx) => dropStaffingRule(tx, form)), locale);
        return done("/settings/catalogue/staffing", "settings:catalogue.dropped");
      },
    },
  },
});

export default function StaffingRuleRoute() {
  const { head, mayEdit, ...rest } = useLoaderData<typeof loader>();
  return (
    <CatalogueFrame head={head} mayEdit={mayEdit}>
      <StaffingRulePage
        {...rest}
        head={head}
        mayEdit={mayEdit}
        refused={refusalIn(useActionData<typeof action>())}
      />
    </CatalogueFrame>
  );
}
