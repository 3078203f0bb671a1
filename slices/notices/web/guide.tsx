/** The next thing to do with a draft, one at a time, each answer in one press (keys 1 to 9, 0 leaves it for later). */
import { useState } from 'react'
import { KeyHint, usePresses } from '#ui/keys.tsx'
import { TextLink } from '#ui/page.tsx'
import { read, say, t } from '#ui/words.ts'
import { dueChips } from './due-field.tsx'
import { reportName } from './report-name.ts'
import { suggestUnits } from './suggest-units.ts'
import type { DraftHandle } from './use-draft.ts'
import type { KnownUnits } from './use-units.ts'
import { WordUnits } from './word-units.tsx'
import type { Draft, Duty } from './words.ts'

export type Filter = 'all' | 'open' | 'prohibitions' | 'doubtful' | 'ownerless' | 'blanks' | 'joinable' | 'dropped'

export interface GuideProps {
  draft: Draft
  handle: DraftHandle
  known: KnownUnits
  names: ReadonlyMap<string, string>
  addressed: readonly string[]
  measures: readonly { value: string; label: string }[]
  zone: string | undefined
  /** Duties with open doubts. */
  doubtful: ReadonlySet<string>
  /** Shows these, and opens the first. */
  onShow: (filter: Filter) => void
  onIssue: (() => void) | null
  keys: boolean
}

interface Answer {
  label: string
  /** Its key where it is not its place in the row. */
  on?: string
  run: () => void
  main?: boolean
}
interface Task {
  key: string
  what: string
  note?: string
  answers: Answer[]
  /** It is about what a word means: the answer is remembered. */
  word?: { word: string }
}

/** What reaches far, and what says no, keep one key in every question: a key pressed in rhythm never means something else in the next one. */
const [allAddressees, noUnit] = ['8', '9']
const keyOf = (answer: Answer, index: number): string => answer.on ?? String(index + 1)

const presetFor = (duty: Duty): string => duty.suggestions.find((one) => one.preset)?.preset ?? ''
/** Says what a ready-made measure checks of each person, and is joined to none. */
export const isJoinable = (duty: Duty): boolean => !duty.measure && presetFor(duty) !== ''
const ids = (duties: readonly Duty[]) => duties.map((duty) => duty.dutyId)

/** What is still to be done, in the order in which it is quickest and safest. Prohibitions are looked at one by one before anything is confirmed together. */
function tasksOf({ draft, handle, known, addressed, measures, zone, doubtful, onShow, onIssue }: GuideProps): Task[] {
  const live = draft.duties.filter((duty) => duty.status !== 'dropped')
  const open = live.filter((duty) => duty.status === 'proposed')
  const tasks: Task[] = []
  // Each word that nobody is known by is asked about once, for the addressees and for all duties that say it.
  const nobody = live.filter((duty) => duty.unitIds.length === 0)
  for (const word of new Set([...draft.unmatched, ...nobody.flatMap((duty) => duty.unmatched)])) {
    const sayers = nobody.filter((duty) => duty.unmatched.includes(word))
    const said = sayers.length
    const sentence = read(sayers[0]?.text ?? '')
    tasks.push({
      key: `word:${word}`, word: { word }, what: t('“{word}”在本校是哪些单位？', 'Which units does “{word}” mean here?', { word: read(word) }), note: said > 0 ? t('{n} 条任务由它办：{text}', '{n} {n:duty|duties} {n:is|are} its: {text}', { n: said, text: sentence.length > 30 ? `${sentence.slice(0, 29)}…` : sentence }) : t('主送单位', 'an addressee'),
      answers: [...suggestUnits(word, known.all).map((unit) => ({ label: read(unit.name), run: () => handle.mapWord(word, { unitIds: [unit.unitId] }, {}), main: true })), ...(said > 0 && addressed.length > 0 ? [{ label: t('指主送的 {n} 个单位', 'The {n} {n:addressee|addressees}', { n: addressed.length }), on: allAddressees, run: () => handle.mapWord(word, { unitIds: [...addressed] }, {}) }] : []), { label: t('不是本校单位', 'No unit here'), on: noUnit, run: () => handle.mapWord(word, { none: true }, {}) }],
    })
  }
  const ownerless = nobody.filter((duty) => duty.unmatched.length === 0)
  if (ownerless.length > 0)
    tasks.push({
      key: 'owner', what: t('{n} 条任务没有责任单位', '{n} {n:duty|duties} {n:has|have} no owner', { n: ownerless.length }), note: t('没有责任单位的不能签发', 'They cannot be issued so'),
      answers: [{ label: t('逐条指定', 'One by one'), run: () => onShow('ownerless'), main: true }, ...(addressed.length > 0 ? [{ label: t('都由主送的 {n} 个单位负责', 'All by the {n} {n:addressee|addressees}', { n: addressed.length }), on: allAddressees, run: () => handle.fillIn({ dutyIds: ids(ownerless), unitIds: [...addressed] }, ownerless) }] : [])],
    })
  // Only what is joined to a measure is asked of people and checked for each of them: never left out in silence. First, as what a measure checks needs no evidence.
  const joinable = live.filter(isJoinable)
  if (joinable.length > 0) {
    const which = [...new Set(joinable.map(presetFor))].map((key) => measures.find((one) => one.value === `p:${key}`)?.label).filter((one) => one !== undefined)
    tasks.push({
      key: 'measures', what: t('{n} 条可以落实到每个人', '{n} can be checked for every person', { n: joinable.length }), note: [which.map((one) => `“${one}”`).join(t('、', ', ')), t('不挂接的只由单位上报', 'without a measure only units report')].filter(Boolean).join(t('；', '; ')),
      answers: [{ label: t('都挂接措施', 'Join them all'), run: () => handle.joinAll(joinable.map((duty) => ({ duty, preset: presetFor(duty) }))), main: true }, { label: t('逐条看', 'One by one'), run: () => onShow('joinable') }],
    })
  }
  const blank = (which: Duty['blanks'][number]) => live.filter((duty) => duty.blanks.includes(which))
  const due = blank('due')
  if (due.length > 0) tasks.push({ key: 'due', what: t('{n} 条没有时限，先统一定一个', '{n} {n:has|have} no deadline: set one for all', { n: due.length }), note: t('之后仍可逐条改', 'each can be changed later'), answers: dueChips(zone).map((chip) => ({ label: chip.label, run: () => handle.fillIn({ dutyIds: ids(due), dueAt: chip.at }, due) })) })
  const evidence = blank('evidence')
  if (evidence.length > 0)
    tasks.push({ key: 'evidence', what: t('{n} 条没有写凭什么算办结', '{n} do not say what shows that they are done', { n: evidence.length }), answers: [t('书面情况', 'Written account'), t('名单或台账', 'List or record'), t('照片或截图', 'Photographs')].map((label) => ({ label, run: () => handle.fillIn({ dutyIds: ids(evidence), evidence: label }, evidence) })) })
  const report = blank('report-to')
  if (report.length > 0) {
    const heads = [...new Set([...(draft.header.reportTo ?? '').split(/\s*;\s*/), t('指挥部办公室', 'Emergency office')])].filter((one) => one && one.length <= 12).slice(0, 4)
    tasks.push({ key: 'report-to', what: t('{n} 条没有写报给谁', '{n} do not say where to report', { n: report.length }), answers: heads.map((label) => ({ label: reportName(label), run: () => handle.fillIn({ dutyIds: ids(report), reportTo: label }, report) })) })
  }
  const bans = open.filter((duty) => duty.modality === 'must-not')
  if (bans.length > 0) tasks.push({ key: 'bans', what: t('{n} 条禁止性要求，请逐条看过再确认', '{n} {n:prohibition|prohibitions}: look at each before confirming', { n: bans.length }), note: t('看一条，按一次 Enter', 'one look, one Enter'), answers: [{ label: t('开始看禁止', 'Look at them'), run: () => onShow('prohibitions'), main: true }] })
  const unsure = open.filter((duty) => duty.modality !== 'must-not' && (doubtful.has(duty.dutyId) || duty.pastDue))
  if (unsure.length > 0) tasks.push({ key: 'unsure', what: t('{n} 条有疑问，请逐条看', '{n} {n:has|have} doubts: look at each', { n: unsure.length }), note: t('看一条，按一次 Enter', 'one look, one Enter'), answers: [{ label: t('开始看疑问', 'Look at them'), run: () => onShow('doubtful'), main: true }] })
  const sure = open.filter((duty) => duty.modality !== 'must-not' && duty.unitIds.length > 0 && !doubtful.has(duty.dutyId) && !duty.pastDue)
  if (sure.length > 0)
    tasks.push({
      key: 'sure', what: t('其余 {n} 条没有疑问', 'The other {n} {n:has|have} no doubts', { n: sure.length }), note: t('先扫一眼下面的清单', 'glance down the list first'),
      answers: [{ label: t('一次确认 {n} 条', 'Confirm {n} at once', { n: sure.length }), run: () => handle.confirm(sure), main: true }, { label: t('逐条看', 'One by one'), run: () => onShow('open') }],
    })
  const done = live.length - open.length
  if (onIssue && done > 0 && (open.length === 0 || tasks.length === 0)) tasks.push({ key: 'issue', what: t('全部确认了', 'All confirmed'), answers: [{ label: t('预览并签发', 'Preview and issue'), run: onIssue, main: true }] })
  return tasks
}

export function Guide(props: GuideProps) {
  const { draft, handle, known, names, keys } = props
  const [later, setLater] = useState<ReadonlySet<string>>(new Set())
  const tasks = tasksOf(props)
  const task = tasks.find((one) => !later.has(one.key)) ?? tasks.at(-1)
  const left = tasks.filter((one) => !later.has(one.key) && one.key !== 'issue').length
  const skip = () => task && setLater((before) => new Set([...before, task.key]))
  usePresses((event) => {
    // While the last answer is being kept the question may be another by the time the key arrives.
    if (!task || handle.saving || event.isComposing || event.altKey || event.ctrlKey || event.metaKey || !/^[0-9]$/.test(event.key)) return
    if (event.target instanceof HTMLElement && (event.target.isContentEditable || (/^(INPUT|TEXTAREA|SELECT)$/.test(event.target.tagName) && (event.target as HTMLInputElement).type !== 'checkbox'))) return
    const run = event.key === '0' ? skip : task.answers.find((one, index) => keyOf(one, index) === event.key)?.run
    if (!run) return
    event.preventDefault()
    run()
  }, keys)
  if (!task) return draft.learnt.length > 0 ? <div className="n-guide"><LearntHere draft={draft} handle={handle} /></div> : null
  return (
    <div className="n-guide" role="region" aria-label={t('下一步', 'Next')}>
      <div className="n-guide-what" aria-live="polite">
        <b>{task.key === 'issue' ? task.what : t('下一步：{what}', 'Next: {what}', { what: task.what })}</b>
        {task.note && <span className="b-muted n-small">{task.note}</span>}
        {task.word && <span className="b-muted n-small">{t('记住您的回答，以后的通知照此读，随时可以收回', 'your answer is remembered for later notices, and can be taken back')}</span>}
        {left > 1 && <span className="b-muted n-small n-guide-left">{t('还有 {n} 步', '{n} {n:step|steps} left', { n: left })}</span>}
      </div>
      <div className="n-chips">
        {task.answers.map((one, index) => (
          <button key={one.label} type="button" className={one.main ? 'b-chip b-chip-on' : 'b-chip'} onClick={one.run}>
            <KeyHint keys={keyOf(one, index)} /> {one.label}
          </button>
        ))}
        {task.word && <WordUnits key={task.word.word} word={task.word.word} handle={handle} known={known} names={names} plain />}
        {task.key !== 'issue' && task.key !== 'bans' && (
          <button type="button" className="b-link n-small" onClick={skip}>
            {t('以后再说', 'Later')} <KeyHint keys="0" />
          </button>
        )}
      </div>
      {draft.learnt.length > 0 && <LearntHere draft={draft} handle={handle} />}
    </div>
  )
}

/** What was remembered, of this notice or an earlier one, and this draft is read by; and the way back. */
function LearntHere({ draft, handle }: { draft: Draft; handle: DraftHandle }) {
  const [open, setOpen] = useState(false)
  return (
    <div className="n-guide-learnt">
      <button type="button" className="b-link n-small" aria-expanded={open} onClick={() => setOpen(!open)}>
        {t('记住的读法 {n} 条，这份和以后的通知都照此读', '{n} {n:reading is|readings are} remembered, for this notice and later ones', { n: draft.learnt.length })}
      </button>
      {open && (
        <ul className="n-plainlist">
          {draft.learnt.map((one) => (
            <li key={one.correctionId} className="n-learnt">
              <span>
                {t('{kind}“{phrase}”：{made}', '{kind} “{phrase}”: {made}', { kind: say(one.kindWords), phrase: one.phrase.slice(0, 30), made: say(one.made) })}
                <span className="b-muted"> · {[one.by, one.noticeTitle && `《${read(one.noticeTitle.slice(0, 24))}》`].filter(Boolean).join(' ')}</span>
              </span>
              <button type="button" className="b-link" onClick={() => handle.forget(one.correctionId)}>{t('不再套用', 'Stop applying')}</button>
            </li>
          ))}
        </ul>
      )}
      {open && <TextLink to="/notices?tab=corrections">{t('全部记住的订正', 'All that is remembered')}</TextLink>}
    </div>
  )
}
