import {
  type Action,
  type AppAbility,
  abilityFor,
  may,
  mayAny,
  type SubjectFields,
  type SubjectName,
} from "@muster/access/ability";
import { forbidden } from "./errors.server";

/** The one place where routes meet the access rules. */
export type { Action, AppAbility, SubjectName };

/** What a role must be able to do, on any row at all, to reach a route. The row itself is asked with `demand`. */
export interface Rule {
  action: Action;
  subject: SubjectName;
}

/** Asks or demands an action on one thing; the instance's fields are those of the access rules. */
export interface Permissions {
  ability: AppAbility;
  /** For display, and for choosing what to show. */
  may: Asking<boolean>;
  /** Throws 403 unless the role may do this to this thing. Ask it inside the action, with the row just read. */
  demand: Asking<void>;
}
type Asking<R> = <S extends SubjectName>(
  action: Action,
  subject: S,
  ...instance: keyof SubjectFields[S] extends never ? [] : [SubjectFields[S]]
) => R;

/** The permissions of a member. */
export function permissionsOf(actor: Parameters<typeof abilityFor>[0]): Permissions {
  const ability = abilityFor(actor);
  const ask: Asking<boolean> = (action, subject, ...instance) => may(ability, action, subject, ...instance);
  const demand: Asking<void> = (action, subject, ...instance) => {
    if (!may(ability, action, subject, ...instance)) throw forbidden();
  };
  return { ability, may: ask, demand };
}

/** Whether a route or a menu entry is for this role at all. */
export function allows(permissions: Permissions, rule: Rule): boolean {
  return mayAny(permissions.ability, rule.action, rule.subject);
}
