/** How a town's villages and the town itself stand in the current month; the rest is accepted. */
export interface CurrentMonth {
  missing: number;
  drafts: number;
  submitted: number;
  returned: number;
  own: "open" | "submitted" | "accepted";
  signedOff: boolean;
}

export interface TownSpec {
  name: string;
  pinyin: string;
  kind: "station" | "cadre_home";
  /** Villages or service points. */
  below: number;
  /** Beneficiaries of the whole subtree at the end of the last closed month. */
  people: number;
  /** Full-time staff of the town itself; one less before `hiredIn` (month of the window, 0 to 11). */
  staff: number;
  hiredIn?: number;
  /** Stations of the subtree that meet the Five Haves at the end. */
  fiveHaves: number;
  /** Villages led by a veteran Party-branch secretary at the end. */
  secretaries: number;
  /** Share of reports that come late. */
  late: number;
  current: CurrentMonth;
}

export interface CitySpec {
  key: string;
  code: string;
  name: string;
  towns: readonly TownSpec[];
}

const settled: CurrentMonth = {
  missing: 0,
  drafts: 0,
  submitted: 0,
  returned: 0,
  own: "accepted",
  signedOff: true,
};
const busy = (missing: number, drafts: number, submitted: number, returned: number): CurrentMonth => ({
  missing,
  drafts,
  submitted,
  returned,
  own: "open",
  signedOff: false,
});

type Row = readonly [
  name: string,
  pinyin: string,
  below: number,
  people: number,
  staff: number,
  hiredIn: number | undefined,
  fiveHaves: number,
  secretaries: number,
  late: number,
  current: CurrentMonth,
];

function town(row: Row): TownSpec {
  const [name, pinyin, below, people, staff, hiredIn, fiveHaves, secretaries, late, current] = row;
  const spec = {
    name,
    pinyin,
    kind: "station",
    below,
    people,
    staff,
    fiveHaves,
    secretaries,
    late,
    current,
  } as const;
  return hiredIn === undefined ? spec : { ...spec, hiredIn };
}

/** 柳河镇 is the town of the service's source document: its figures are exact, see liuhe.ts. */
export const LIUHE = "liuhe";

export const YUNLING: CitySpec = {
  key: "yunling",
  code: "990101000000",
  name: "云岭市",
  towns: [
    town(["柳河镇", LIUHE, 64, 1413, 3, undefined, 60, 18, 0.03, busy(8, 4, 4, 2)]),
    town(["石桥镇", "shiqiao", 34, 1992, 4, 7, 33, 11, 0.03, settled]),
    town(["青峰镇", "qingfeng", 28, 1536, 3, 9, 26, 9, 0.025, { ...settled, own: "submitted" }]),
    town(["白沙街道", "baisha", 38, 2275, 5, 4, 39, 12, 0.04, settled]),
    town(["东渡镇", "dongdu", 24, 1280, 2, undefined, 14, 5, 0.15, busy(6, 3, 4, 1)]),
    town(["南坪乡", "nanping", 18, 776, 2, 2, 15, 6, 0.05, settled]),
    town(["云台镇", "yuntai", 30, 1428, 3, 5, 28, 10, 0.03, { ...busy(0, 0, 3, 1), own: "submitted" }]),
    town(["红旗街道", "hongqi", 36, 2132, 4, undefined, 31, 11, 0.03, busy(2, 1, 3, 0)]),
    town(["大岗镇", "dagang", 28, 1461, 3, 6, 27, 10, 0.02, settled]),
    town(["临湖镇", "linhu", 24, 1287, 3, 3, 25, 8, 0.02, settled]),
    town([
      "新塘镇",
      "xintang",
      20,
      1206,
      3,
      8,
      19,
      7,
      0.04,
      { ...settled, own: "submitted", signedOff: false },
    ]),
    town(["梅岭乡", "meiling", 15, 700, 2, undefined, 9, 5, 0.08, busy(2, 1, 2, 1)]),
    {
      ...town(["云岭市军休所", "junxiu", 7, 438, 12, undefined, 8, 0, 0.02, settled]),
      kind: "cadre_home",
    },
  ],
};

export const XINGHE: CitySpec = {
  key: "xinghe",
  code: "990201000000",
  name: "星河市",
  towns: [
    town(["北港镇", "beigang", 5, 268, 2, undefined, 5, 2, 0.05, busy(1, 1, 1, 0)]),
    town(["青石镇", "qingshi", 5, 341, 2, undefined, 6, 1, 0.04, settled]),
    town(["双河镇", "shuanghe", 5, 552, 1, undefined, 4, 1, 0.1, busy(2, 0, 1, 1)]),
  ],
};

export const DEMO_CITIES: readonly CitySpec[] = [YUNLING, XINGHE];
