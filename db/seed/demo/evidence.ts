import { itemSubject, type Subject } from "@muster/domain/evidence";
import { addDays, type LocalDate } from "@muster/domain/period";
import { accountId } from "./accounts";
import { LIUHE } from "./cities";
import type { Motif, Picture } from "./pictures";
import type { StationPlan } from "./plan";

/** A submitted assessment of the demo, and the items of which the station said yes or gave a number. */
export interface Assessed {
  stationId: number;
  year: number;
  round: number;
  submittedAt: Date;
  said: ReadonlySet<string>;
}

/** A piece of evidence before its picture is drawn. */
export interface PlannedPiece {
  station: StationPlan;
  subject: Subject;
  title: string;
  picture: Picture;
  expiresOn: LocalDate | null;
  takenById: string;
  takenAt: Date;
}

/** The boards on the walls of the source document's town station: 16 of them. */
const BOARDS = [
  ...["工作职责", "服务承诺", "首问责任制度", "一次性告知制度", "限时办结制度", "信访接待制度"],
  ...["走访慰问制度", "帮扶援助制度", "就业创业服务", "权益维护流程", "优待证办理流程", "档案管理制度"],
  ...["廉洁自律规定", "值班值守制度", "学习培训制度", "服务联系卡"],
];

interface Shown {
  code: string;
  title: string;
  motif: Motif;
  words?: string;
  /** Good until so many days from today. */
  days?: number;
}

const SIGN: Shown = { code: "O1", title: "门牌照片", motif: "sign" };
const FRONT: Shown = { code: "G5", title: "门头和标识", motif: "front" };
const ROOM: Shown = { code: "G1", title: "办公用房", motif: "room" };
const PAPERS: Shown = { code: "G6", title: "资料柜", motif: "papers", words: "资料分类归档" };

/** What Liuhe's town station shows: the whole of it. */
const OF_LIUHE: readonly Shown[] = [
  SIGN,
  { code: "E1", title: "岗位批复", motif: "plan", words: "关于核定岗位的批复" },
  ROOM,
  ...BOARDS.map((words): Shown => ({ code: "G3", title: words, motif: "board", words })),
  FRONT,
  PAPERS,
  // It runs out soon: somebody is reminded.
  { code: "G10", title: "应急预案", motif: "plan", words: "突发情况应急预案", days: 20 },
];

/** What a station photographed: the towns two places, every second village of Liuhe, few of the others. */
function shownBy({ level, spec, number }: StationPlan): readonly Shown[] {
  if (spec?.pinyin === LIUHE && level === "town") return OF_LIUHE;
  if (level === "town") return [SIGN, FRONT];
  if (spec?.pinyin === LIUHE) return number % 2 === 0 ? [] : number % 4 === 1 ? [SIGN, ROOM] : [SIGN];
  return number % 12 === 6 ? [SIGN] : [];
}

/** The pictures of a city's stations, for what they said in assessments that they have sent. */
export function plannedPieces(
  stations: readonly StationPlan[],
  assessments: readonly Assessed[],
  today: LocalDate,
): PlannedPiece[] {
  const byStation = new Map(assessments.map((each) => [each.stationId, each]));
  return stations.flatMap((station) => {
    const assessed = byStation.get(station.id);
    if (!assessed) return [];
    return shownBy(station)
      .filter(({ code }) => assessed.said.has(code))
      .map(
        ({ code, title, motif, words = "", days }, place): PlannedPiece => ({
          station,
          subject: itemSubject({ ...assessed, code }),
          title,
          picture: { motif, station: station.name, words, seed: `${station.key} ${code} ${place}` },
          expiresOn: days === undefined ? null : addDays(today, days),
          takenById: accountId(station.head.username),
          takenAt: assessed.submittedAt,
        }),
      );
  });
}
