import { redirect } from "@remix-run/node";
import { read } from "~/server/route.server";

/** The settings begin with the own account: everyone has one. */
export const loader = read({ authorization: "signed-in" }, () => redirect("/settings/account"));
