/** What an entry of the log says of itself, in words. */
import { doubtTitles } from '#slices/measures/web/doubt-words.ts'
import { hazardWords } from '#slices/responses/rules.ts'
import { say, t } from '#ui/words.ts'

/** Bare references, checksums and what is empty are left to the export. */
const unsaid = /: (null|""|\[\]|\[?"?[0-9a-f]{8}-[0-9a-f]{4}-.*|[0-9a-f]{64})$/

export function detailWords(detail: string): string {
  return detail
    .split(' · ')
    .filter((part) => !unsaid.test(part))
    .map((part) => {
      const [, key, value] = /^(\w+): ([^]*)$/.exec(part) ?? []
      if (key === undefined || value === undefined) return part
      const name = keyWords()[key] ?? key
      // That it was done: its name says enough.
      return value === 'true' ? name : `${name}${t('：', ': ')}${valueWords(value)}`
    })
    .join(' · ')
}

function valueWords(value: string): string {
  const words = knownValues()
  if (!value.startsWith('[')) return words[value] ?? value
  const items = value.slice(1, -1).split(',').map((item) => item.replaceAll('"', ''))
  return items.every((item) => words[item]) ? items.map((item) => words[item]).join(t('、', ', ')) : t('{n} 项', '{n}', { n: items.length })
}

const keyWords = (): Record<string, string> => ({
  count: t('份数', 'answers'), units: t('单位', 'units'), rows: t('行', 'rows'), people: t('人', 'people'), duties: t('任务', 'duties'), measures: t('措施', 'measures'), assignments: t('下达', 'assignments'), confirmed: t('已核对', 'confirmed'), filled: t('已补全', 'filled'),
  outcome: t('结果', 'outcome'), how: t('方式', 'how'), action: t('动作', 'action'), kind: t('类别', 'kind'), version: t('版本', 'version'), zero: t('零报告', 'zero report'), climbed: t('逐级上报', 'climbed'), changed: t('修改', 'changed'), fields: t('修改', 'changed'), invitations: t('邀请', 'invitations'),
  purpose: t('用途', 'purpose'), capacity: t('身份', 'capacity'), words: t('用语', 'words'), days: t('天数', 'days'), level: t('级别', 'level'), reminded: t('已催办', 'reminded'), called: t('叫应', 'called'), signed: t('已签发', 'signed'), edition: t('第几版', 'edition'),
  step: t('时点', 'at'), arrived: t('新来', 'arrived'), moved: t('调动', 'moved'), left: t('离开', 'left'), accepted: t('收下', 'accepted'), refused: t('未收下', 'refused'), good: t('可导入', 'good'), bad: t('有问题', 'not good'), putAside: t('不采纳', 'put aside'), proposed: t('采纳建议', 'as proposed'),
  title: t('职务', 'office'), handed: t('下达', 'handed down'), verdict: t('审核', 'verdict'), theme: t('类别', 'theme'), merged: t('合并', 'merged'), undone: t('撤回', 'taken back'), takenBack: t('撤回', 'taken back'), dropped: t('放弃', 'given up'), discarded: t('放弃', 'discarded'), ended: t('已结束', 'ended'),
  active: t('启用', 'active'), service: t('平台', 'service'), attempts: t('第几次', 'attempt'), formats: t('格式', 'formats'), sent: t('发出', 'sent'), on: t('启用', 'on'), seconds: t('秒', 'seconds'), objections: t('异议', 'objections'), demands: t('要求', 'demands'), decided: t('已裁定', 'decided'),
  dismissed: t('不是疑点', 'no doubt'), askedAgain: t('重新询问', 'asked again'), from: t('原为', 'from'), to: t('改为', 'to'), until: t('至', 'until'), hazards: t('灾种', 'hazards'), basis: t('依据', 'basis'), decidedBy: t('决定', 'decided by'), erasure: t('擦除', 'erasure'), what: t('内容', 'what'),
  name: t('名称', 'name'), timeZone: t('时区', 'time zone'), language: t('语言', 'language'), reason: t('事由', 'reason'), retired: t('停用', 'retired'), added: t('新增', 'added'), counted: t('重新清点', 'counted'), own: t('本人', 'their own'), status: t('状态', 'status'), amends: t('修订', 'amends'), preset: t('现成措施', 'ready-made'),
  word: t('词语', 'word'), putBack: t('恢复', 'put back'), address: t('地址', 'address'), attribute: t('信息项', 'attribute'), doubtful: t('存疑', 'in doubt'), facts: t('信息', 'facts'), stored: t('存入', 'stored'), repeated: t('已有', 'there already'), older: t('已有更新的', 'newer ones there'),
})

const knownValues = (): Record<string, string> => ({
  true: t('是', 'yes'), false: t('否', 'no'),
  call: t('电话', 'call'), message: t('信息', 'message'), visit: t('走访', 'visit'), remind: t('提醒', 'reminder'), reached: t('已联系上', 'reached'), 'no-answer': t('没人接', 'no answer'), promised: t('答应填报', 'promised'), sent: t('已发出', 'sent'), waiting: t('等待再试', 'tried again later'), failed: t('没有送到', 'failed'),
  ask: t('提出', 'asked'), take: t('受理', 'taken'), note: t('留言', 'note'), answer: t('答复', 'answered'), handOn: t('转交', 'handed on'), escalate: t('逐级上报', 'climbed'), add: t('补充', 'added'), close: t('办结', 'closed'), lapse: t('到期关闭', 'lapsed'), reopen: t('重开', 'reopened'), check: t('核查', 'checked'),
  open: t('建立', 'opened'), change: t('变更', 'changed'), extend: t('调整期限', 'end moved'), offer: t('移交', 'handed over'), accept: t('确认接收', 'taken over'), decline: t('退回移交', 'declined'), release: t('解除', 'released'),
  holder: t('任职', 'holder'), deputy: t('代理', 'deputy'), done: t('完成', 'done'), begun: t('开始', 'begun'), returned: t('退回', 'sent back'), accepted: t('通过', 'accepted'),
  unacknowledged: t('未签收', 'not acknowledged'), 'unacknowledged-up': t('未签收，报上级', 'not acknowledged, one level up'), 'day-before': t('到期前一天', 'the day before'), 'hour-before': t('到期前一小时', 'the hour before'), 'hours-before': t('到期前两小时', 'two hours before'), 'overdue-up': t('逾期，报上级', 'overdue, one level up'),
  proposed: t('待核对', 'proposed'), confirmed: t('已核对', 'confirmed'), dropped: t('已放弃', 'given up'), split: t('拆分', 'split'), merged: t('合并', 'merged'), docx: 'Word', pdf: 'PDF', xlsx: 'Excel',
  ...doubtTitles(), ...Object.fromEntries(Object.entries(hazardWords).map(([hazard, words]) => [hazard, say(words)])),
  situation: t('情况', 'situation'), problems: t('问题', 'problems'), nextSteps: t('下一步', 'next steps'), title: t('标题', 'title'), addressee: t('主送', 'addressee'),
  medicine: t('就医用药', 'medicine'), food: t('饮食', 'food'), dormitory: t('住宿', 'dormitory'), travel: t('出行返校', 'travel'), study: t('学习', 'study'), mood: t('情绪', 'mood'), money: t('经济', 'money'), other: t('其他', 'other'),
  wecom: t('企业微信', 'WeCom'), dingtalk: t('钉钉', 'DingTalk'), feishu: t('飞书', 'Feishu'), events: t('操作记录', 'what was done'), looks: t('查看记录', 'looks'),
  'zh-Hans': t('简体中文', 'Simplified Chinese'), 'zh-Hant': t('繁体中文', 'Traditional Chinese'), en: t('英文', 'English'),
})
