/** Where something must be reported to, and what must be handed in. */
import { REPORT_VERBS } from './knowledge/verbs.ts'

/** A unit's name, and those who are named by one word. */
const UNIT = '(?:[\\p{Script=Han}A-Za-z\\d]{2,24}?(?:学院|部门|单位|处|部|办公室|室|办|委员会|党委|党总支|总支|支部|中心|科|组|小组|指挥部|医院|校医院|医务室|教委|教育局|卫健委|卫健局|疾控中心|社区|辅导员|班主任|负责人|领导|团委|厅|局|馆|队|机构)|(?:校医院|医务室|校医室|辅导员|班主任|值班室|保卫处|学工部|教务处|学院|社区|家长|楼管|宿管|楼长|导师|院办|校办|党办))'
const verbList = [...REPORT_VERBS].toSorted((a, b) => b.length - a.length).join('|')
/** 发热, 交通, 送医 are no handing in. */
const HAND = '发(?![热现生病布放展动挥烧出电票育言车])|(?<![提转移])交(?![通警接叉由流谈往])|(?<![运护])送(?![医餐水货检风达]|校?医[院务]|[^,]{0,8}(?:就诊|门诊|治疗|急诊))'
const PUSH = new RegExp(`(?:${verbList}|发送|${HAND})(?:给|到|至|于|往|经)?(?:及时|立即)?((?:${UNIT})(?:[、和及与](?:${UNIT}))*)`, 'u')
const TOWARD = new RegExp(`向((?:${UNIT})(?:[、和及与](?:${UNIT}))*)(?:[\\p{Script=Han}]{0,4})(?:报告|汇报|报备|备案|反馈|提交|上报|报送|反映|报)`, 'u')
/** 学校党委|组织部: a unit's name may go on behind what looks like its end. */
const LONGER = /^(?:(?!备案|审批|审核|并|后|的|处理|核实|批准|汇总|同意|留存|存档)[\p{Script=Han}]){0,5}?(?:部|处|办公室|办|中心|科|室|组(?!织))(?![\p{Script=Han}]{0,1}(?:理|置|分))/u
const MAILBOX = /(?:发送|报送|发|报|反馈|提交|上传)[^,。;]{0,16}?(?:至|到)[^,。;]{0,12}?(?:邮箱|[\w.-]+@)|邮箱:/
const PHONE = /(?:电话|拨打)[^,。;]{0,6}(?:报告|上报|反馈)|电话报告/
const SYSTEM = /(?:通过|登录|在|至)[^,。;]{0,14}(?:系统|平台|小程序|OA)[^,。;]{0,8}(?:报|填|上传|提交|登记)/
const THINGS = /[\p{Script=Han}“”《》]{0,10}(?:汇总表|统计表|登记表|报名表|申请表|情况表|信息表|名单|台账|情况报告|总结|照片|回执|承诺书|自查报告|整改报告|方案|预案|值班表|日报表|报表|记录|情况|数据|信息)/u

/** What stands before the thing: who, by when, to whom, and the verb. */
const AHEAD_OF_THING = new RegExp(`^.*(?:将|把|请|的|前(?![期])|并|须|应(?!急)|要(?!求|点)|${verbList}|报告(?!$)|填写|签订|留存|提交|做好|建立|完善|收集|整理|更新|及时|立即|每[日天周月])(?=[\\p{Script=Han}“《]{2})`, 'u')

export type ReportTarget = { units: string[]; channel: string | null }

/** The unit and channel a stretch of folded text reports to; null when it reports nothing. */
export function findReport(text: string): ReportTarget | null {
  const match = TOWARD.exec(text) ?? PUSH.exec(text)
  const channel = MAILBOX.test(text) ? 'email' : SYSTEM.test(text) ? '系统' : PHONE.test(text) ? '电话' : null
  const named = match?.[1] ? match[1] + (LONGER.exec(text.slice(match.index + match[0].indexOf(match[1]) + match[1].length))?.[0] ?? '') : ''
  const units = named !== '' ? named.split(/[、和及]|(?<=处|部|院|中心|办|科|局)与/).map((unit) => unit.replace(/^(?:送|告|给|到|至|于|本|所在|其)+/, '')).filter((unit) => unit.length >= 2 && !/^(校园|全部|内部|外部|一办|一室)$/.test(unit)) : []
  if (units.length === 0 && channel === null) return null
  return { units, channel }
}

/** What must be handed in: a list, a table, a report. */
export function findEvidence(text: string): string | null {
  if (!new RegExp(`${verbList}|提交|交|签订|留存|填写`).test(text)) return null
  // 不得瞒报情况, 未经证实的情况: nothing is handed in.
  if (/不得|严禁|禁止|不准|未经/.test(text)) return null
  const match = THINGS.exec(text)
  const thing = match ? match[0].replace(AHEAD_OF_THING, '') : ''
  return thing.length > 2 ? thing : null
}
