/** What the reader is unsure of, as questions in order of importance: prohibitions, dates, who, where to. */
import type { Doubt, Duty, NoticeReading } from './types.ts'

type Seen = Omit<NoticeReading, 'doubts'> & { faults: { start: number; end: number; text: string }[]; numberFaults: { start: number; end: number; number: string; fault: string }[]; signedDamaged: boolean; attachmentsOnly: boolean; foreign: boolean }

const doubt = (code: string, weight: number, zh: string, en: string, at: { start: number; end: number } | null = null): Doubt => ({ code, weight, zh, en, start: at?.start ?? null, end: at?.end ?? null })

function dutyDoubts(duties: readonly Duty[]): Doubt[] {
  const out: Doubt[] = []
  for (const duty of duties) {
    if (duty.modality === 'must-not' && /原则上|非必[要须]|非特殊|未[经获得][^,，]{0,16}(?:批准|同意|许可|审批|允许|授权|报备|审核)/.test(duty.text)) out.push(doubt('ban-with-exception', 90, `“${duty.text}”是有例外的禁止：由谁批准例外？`, `"${duty.text}" is a prohibition with exceptions: who approves them?`, duty))
    if (duty.modality === 'must' && /(停用|关闭|封闭|停止)/.test(duty.text)) out.push(doubt('stop-or-must', 60, `“${duty.text}”读作“必须做”，是否应作禁止？`, `"${duty.text}" was read as a must; is it a prohibition?`, duty))
  }
  const undated = duties.filter((duty) => duty.deadline === null && duty.recurrence === null && duty.modality === 'must')
  if (undated.length > 0) out.push(doubt('no-deadline', 40, `${undated.length} 项任务没有时限，需要补上`, `${undated.length} duties carry no time and need one`))
  const vague = duties.filter((duty) => duty.deadlineKind === 'vague')
  if (vague.length > 0) out.push(doubt('vague-deadline', 35, `${vague.length} 项任务的时限含糊（及时、尽快等），请定具体时间`, `${vague.length} duties have a vague time; please set one`))
  const reports = duties.filter((duty) => duty.reportTo === null && duty.evidence !== null && duty.modality === 'must')
  if (reports.length > 0) out.push(doubt('no-report-to', 30, `${reports.length} 项任务要交材料而没有写明交给谁`, `${reports.length} duties ask for papers without naming who receives them`))
  return out
}

/** Questions to the person who confirms, the most important first. */
export function findDoubts(seen: Seen): Doubt[] {
  const out: Doubt[] = dutyDoubts(seen.duties)
  if (!seen.isNotice && seen.foreign) out.push(doubt('not-chinese', 100, '这份文字不是中文：只能研读中文通知。可以先译成中文，或人工划出任务', 'This text is not Chinese: only Chinese notices can be read. Translate it first, or mark the duties by hand'))
  else if (!seen.isNotice) out.push(doubt('not-a-notice', 100, '这份文字不像通知：没有标题、主送、编号条款或落款。请确认', 'This text does not look like a notice: no title, addressee, numbered clause or signature. Please confirm'))
  for (const fault of seen.faults.slice(0, 20)) out.push(doubt('damaged-date', 85, `日期“${fault.text}”残缺（可能丢了“月”或“日”），没有猜测，请填写`, `The date "${fault.text}" is damaged (a month or day sign may be lost); it was not guessed, please fill it in`, fault))
  if (seen.signedDamaged) out.push(doubt('damaged-signature-date', 84, '落款日期残缺，请填写', 'The date of signing is damaged, please fill it in'))
  for (const repair of seen.repairs.filter((entry) => entry.kind === 'gbk-shift').slice(0, 20)) out.push(doubt('repaired-bytes', 70, `这里的字节损坏，推测为“${repair.repaired}”，请核对`, `Bytes were damaged here; read as "${repair.repaired}", please check`, repair))
  for (const repair of seen.repairs.filter((entry) => entry.kind === 'look-alike').slice(0, 20)) out.push(doubt('look-alike', 68, `这里的字疑为形近字，读作“${repair.repaired}”，请核对`, `A character here looks like another and was read as "${repair.repaired}", please check`, repair))
  if (seen.date === null) out.push(doubt('no-date', 65, '没有落款日期，也没有可用的年份：文中的日期无法换算', 'No date of signing and no year: dates in the text cannot be worked out'))
  if (seen.issuer === null) out.push(doubt('no-issuer', 50, '没有落款单位：是谁发的？', 'Nothing is signed: who issued it?'))
  if (seen.addressees.length === 0) out.push(doubt('no-addressee', 45, '没有主送单位：发给谁？', 'No addressees: to whom is it sent?'))
  for (const fault of seen.numberFaults.slice(0, 10)) out.push(doubt('numbering', 25, fault.fault === 'doubled' ? `编号“${fault.number}”出现两次，按位置排序` : `编号“${fault.number}”前面缺号，按位置排序`, fault.fault === 'doubled' ? `Number ${fault.number} occurs twice; ordered by position` : `A number is missing before ${fault.number}; ordered by position`, fault))
  if (seen.attachmentsOnly) out.push(doubt('text-in-attachment', 80, '正文在附件里：请一并上传附件', 'The text is in the attachment: please upload it too'))
  if (seen.forwarded) out.push(doubt('forwarded', 20, '这是转发的通知：外层单位的要求约束内层，请确认两层时限', 'A forwarded notice: the outer one binds the inner; please check both deadlines'))
  if (seen.duties.length === 0 && seen.isNotice) out.push(doubt('no-duty', 75, '没有读出任何任务，请人工划出', 'No duty was found; please mark them by hand'))
  return out.toSorted((a, b) => b.weight - a.weight)
}
