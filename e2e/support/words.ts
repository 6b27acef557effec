import type { Language } from "./test";

/** The words by which people find things, in both languages of the screens. */
const WORDS = {
  // Filing
  fileNow: ["核对并提交", "Check and submit"],
  visits: ["走访慰问", "Visits"],
  people: ["走访对象", "People visited"],
  answers: ["咨询解答", "Consultations answered"],
  fillZeros: ["其余空白都填 0", "Fill all blanks with 0"],
  saved: [/已保存 \d/, /Saved \d/],
  check: [/^(核对并)?提交…?$/, /^(Check and submit|Submit…)$/],
  submit: [/^确认提交给/, /^Submit to/],
  submitted: [/已于 .* 提交给/, /^Submitted to/],
  returnedBy: [/退回 1 项/, /returned 1 figure/],
  amend: ["申请更正", "Amend"],
  amendReason: ["更正原因", "Reason for the amendment"],
  beingAmended: ["这份报表正在更正", "This report is being amended"],
  // Review
  returnOne: ["退回 1 项", "Return 1 figure"],
  correctBy: ["更正期限", "Correct by"],
  accept: [/^通过/, /^Accept/],
  acceptTicked: [/^通过所选/, /^Accept \d+ ticked/],
  results: ["批量通过结果", "Result of accepting together"],
  resultAccepted: ["已通过", "Accepted"],
  acceptedFlash: [/^已通过：/, /^Accepted: /],
  confirmSignOff: ["确认审定", "Sign off"],
  signedOff: [/已审定。$/, /is signed off\.$/],
  excuse: [/的免报原因$/, /^Reason to excuse/],
  lock: [/^锁定\d+年\d+月$/, /^Lock \w+ \d+$/],
  locked: [/已锁定。$/, /is locked\.$/],
  findStation: ["查找站点", "Find a station"],
  search: ["搜索", "Search"],
  unlockReason: ["开锁原因", "Why it is unlocked"],
  unlock: ["开锁", "Unlock"],
  unlocked: [/已为.*开锁至/, /is unlocked until/],
  // Assessments
  noProof: ["还没有有效佐证", "No valid evidence yet"],
  notArchived: ["查看未建档立卡人员", "See who is not archived as asked"],
  proven: ["有效佐证 1 份", "1 valid piece of evidence"],
  retrying: ["网络不畅，联网后自动重传", /Weak network/],
  submitSelf: ["提交自评", "Submit"],
  selfSent: ["自评已提交，等待上级核查。", "Submitted; it waits for the check above."],
  unproven: ["请上传佐证，或写明原件存放在哪里。", "Add evidence, or say where the original is kept."],
  finishCheck: ["完成核查", "Complete check"],
  checkedFlash: ["核查已完成，计入五有达标。", "Checked; it counts towards the Five Haves."],
  finishSpot: ["完成抽查", "Complete spot check"],
  spotFlash: ["抽查已完成。", "The spot check is complete."],
  spotSaid: [/抽查：33/, /Spot-checked: 33/],
  unsettledKey: ["未销号问题", "Open findings"],
  raiseG1: [/^登记为问题 G1/, /^Raise a finding G1/],
  raisedFlash: [/问题已登记/, /The finding is recorded/],
  findingTodo: [/督查问题待整改/, /to put right/],
  upload: ["上传", "Upload"],
  measures: [/^整改措施和结果/, /^Measures and result/],
  sendMeasures: ["提交复查", "Send for re-inspection"],
  answeredFlash: ["整改答复已提交，等待复查。", "The answer is sent and waits for re-inspection."],
  seenThere: [/^复查情况/, /^What the re-inspection saw/],
  closeFinding: ["确认整改，销号", "Confirm and close"],
  closedFlash: ["已确认整改，问题销号。", "The finding is closed."],
  failingKey: ["未达标", "Do not meet"],
  // Staff
  addPerson: ["登记人员", "Add person"],
  enterPerson: ["保存", "Save"],
  personName: [/^姓名/, /^Name/],
  personPost: [/^岗位/, /^Post/],
  partTime: ["兼职", "Part-time"],
  preview: ["预览", "Preview"],
  faultyRows: ["需要修改的行", "Rows to correct"],
  confirmImport: [/^确认登记 2 行$/, /^Add 2 rows$/],
  nothingNew: ["文件中没有需要新登记的内容。", "The file holds nothing new."],
} as const satisfies Record<string, readonly [string | RegExp, string | RegExp]>;

export type Word = keyof typeof WORDS;
export type Say = (word: Word) => string | RegExp;

/** Speaks one language. */
export function speaker(language: Language): Say {
  return (word) => WORDS[word][language === "zh-CN" ? 0 : 1];
}
