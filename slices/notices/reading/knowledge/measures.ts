/** 任务与现成措施的对应：任务里出现哪些字眼，就建议用哪一条现成措施，并说明为什么。 */
import type { MeasureKey, Suggestion } from '../types.ts'

export const MEASURE_HINTS: readonly { measure: MeasureKey; any: readonly string[]; all?: readonly string[]; zh: string; en: string }[] = [
  { measure: 'zero-report', any: ['零报告', '“零”', '日报告', '每日上报', '每天上报', '每日报送', '每天报送'], zh: '要求单位每日报告，没有情况也要报', en: 'Asks units for a daily report, also when there is nothing new' },
  { measure: 'listed-area-observed', any: ['重点地区', '中高风险', '高风险地区', '疫区', '疫情高发', '隔离观察', '居家观察', '健康观察', '登记和隔离', '流行区', '疫情发生地'], all: [], zh: '涉及从名单所列地区来的人：登记并观察', en: 'Concerns people from listed areas: register and observe' },
  { measure: 'stay-approved', any: ['留校学生', '留校师生', '留校申请', '留校审批', '假期留校', '留校住宿', '留校管理', '留校人员', '提前返校', '不得返校', '返校审批', '擅自返校'], zh: '涉及留校：须经批准并有截止日期', en: 'Concerns staying on campus: approved, with an end date' },
  { measure: 'symptoms-followed', any: ['发热', '症状', '因病缺勤', '晨午检', '晨检', '晨午晚检', '测温', '体温', '呕吐', '腹泻', '就医', '就诊', '健康监测', '健康状况'], zh: '涉及症状或健康状况：报告并跟踪到结果', en: 'Concerns symptoms or health: reported and followed to the outcome' },
  { measure: 'whereabouts-known', any: ['去向', '行程', '所在地', '排摸', '摸排', '动向', '返乡', '离校去向', '师生情况', '行踪', '清点人数', '清点学生'], zh: '要知道每个人在哪里', en: 'Needs to know where everyone is' },
  { measure: 'everyone-owned', any: ['联系户', '包保', '网格', '责任人', '一人一档', '一人一案', '一人一表', '专人负责', '看好自家门', '管好自家人', '不漏一人', '横向到边', '楼长', '联络群', '分片', '守土'], zh: '要求每个人、每块地方都有人负责', en: 'Asks that every person and place has somebody who answers for it' }
]

/**
 * 还没有现成办法的三类事：岗位与排班、申请与审批、专项行动。系统目前不管，只在卡片上写明它属于哪一类、凭哪个词。
 * 单位照样上报。将来有了现成办法，把它改写成上面的一条即可。
 */
export const KIND_HINTS: readonly { kind: Exclude<Suggestion['kind'], undefined>; any: readonly string[]; zh: string; en: string }[] = [
  { kind: 'post', any: ['值班', '带班', '值守', '轮值', '轮班', '驻守', '站岗', '守夜', '备勤', '巡查', '巡逻', '巡堤', '巡河', '值勤', '执勤', '顶岗', '在岗'], zh: '属于岗位与排班：谁在什么时候守在哪里', en: 'A post or rota: who stands where and when' },
  { kind: 'request', any: ['申请', '审批', '批准', '请假', '销假', '报备', '报批', '备案', '预约', '许可', '同意后'], zh: '属于申请与审批：谁提出、谁批准', en: 'A request: who asks and who allows' },
  { kind: 'drive', any: ['大扫除', '大排查', '大清扫', '专项整治', '专项行动', '集中整治', '集中清理', '翻盆倒罐', '全员核酸', '集中接种', '演练', '拉网式', '地毯式', '回头看', '开展一次', '开展一轮', '自查', '普查'], zh: '属于专项行动：一段时间里做完、看完成多少', en: 'A drive: done within a time, counted by how much is finished' }
]
