import type api from "./zh-CN/api.json";
import type assistance from "./zh-CN/assistance.json";
import type audit from "./zh-CN/audit.json";
import type cards from "./zh-CN/cards.json";
import type common from "./zh-CN/common.json";
import type dashboards from "./zh-CN/dashboards.json";
import type errors from "./zh-CN/errors.json";
import type evidence from "./zh-CN/evidence.json";
import type figures from "./zh-CN/figures.json";
import type home from "./zh-CN/home.json";
import type inspections from "./zh-CN/inspections.json";
import type login from "./zh-CN/login.json";
import type months from "./zh-CN/months.json";
import type nav from "./zh-CN/nav.json";
import type people from "./zh-CN/people.json";
import type petitions from "./zh-CN/petitions.json";
import type reception from "./zh-CN/reception.json";
import type registers from "./zh-CN/registers.json";
import type review from "./zh-CN/review.json";
import type settings from "./zh-CN/settings.json";
import type staff from "./zh-CN/staff.json";
import type standards from "./zh-CN/standards.json";
import type stations from "./zh-CN/stations.json";
import type users from "./zh-CN/users.json";
import type visits from "./zh-CN/visits.json";

// The Chinese catalogue is the measure: a key that is missing there does not compile.
declare module "i18next" {
  interface CustomTypeOptions {
    defaultNS: "common";
    returnNull: false;
    resources: {
      api: typeof api;
      assistance: typeof assistance;
      audit: typeof audit;
      cards: typeof cards;
      common: typeof common;
      dashboards: typeof dashboards;
      errors: typeof errors;
      evidence: typeof evidence;
      figures: typeof figures;
      home: typeof home;
      inspections: typeof inspections;
      login: typeof login;
      months: typeof months;
      nav: typeof nav;
      people: typeof people;
      petitions: typeof petitions;
      reception: typeof reception;
      registers: typeof registers;
      review: typeof review;
      settings: typeof settings;
      staff: typeof staff;
      standards: typeof standards;
      stations: typeof stations;
      users: typeof users;
      visits: typeof visits;
    };
  }
}
