/** One drafted duty: a line with its four blanks; chosen, it opens into everything that can be corrected. */
import { memo, useState, type ReactNode } from 'react'
import { Button, Choices, Pick, TextArea, TextInput, Toggle } from '#ui/controls.tsx'
import { Icon } from '#ui/icons.tsx'
import { KeyHint } from '#ui/keys.tsx'
import { InkTag, Tag, type Ink } from '#ui/tags.tsx'
import { read, say, t } from '#ui/words.ts'
import { DueField, dueWords } from './due-field.tsx'
import { OwnerField } from './owner-field.tsx'
import { splitPlaces } from './passages.ts'
import { reportName } from './report-name.ts'
import { SavedText } from './saved-text.tsx'
import type { DraftHandle, Patch } from './use-draft.ts'
import { unitsInWords, type KnownUnits } from './use-units.ts'
import { Learnt, Why } from './why.tsx'
import { blankName, clauseName, modalityName, peopleName, type Doubt, type Duty } from './words.ts'

export type Mode = 'plain' | 'edit' | 'split' | 'why'

export interface DutyCardProps {
  duty: Duty
  number: number
  /** As its passage is drawn in the document. */
  ink: Ink
  chosen: boolean
  ticked: boolean
  onTick: (on: boolean) => void
  onChoose: () => void
  handle: DraftHandle
  known: KnownUnits
  names: ReadonlyMap<string, string>
  addressed: readonly string[]
  /** Those still open. */
  doubts: readonly Doubt[]
  measures: readonly { value: string; label: string }[]
  zone: string | undefined
  /** The duty below it, to merge with. */
  next: Duty | undefined
  /** Others of this notice whose owner stands in the same words. */
  alike: number
  mode: Mode
  onMode: (mode: Mode) => void
  onConfirm: () => void
}

function Blank({ name, value, blank, tone }: { name: string; value: string | null; blank: boolean; tone?: 'bad' | undefined }) {
  return (
    <span className={blank ? 'n-blank n-blank-empty' : tone ? 'n-blank b-bad' : 'n-blank'}>
      <span className="n-blank-name">{name}</span> {value ?? t('待填', 'empty')}
    </span>
  )
}

export const DutyCard = memo(function DutyCard(props: DutyCardProps) {
  const { duty, number, ink, chosen, ticked, onTick, onChoose, known, names, doubts } = props
  const state = duty.status === 'confirmed' ? 'n-card-done' : duty.status === 'dropped' ? 'n-card-dropped' : ''
  const open = doubts.length
  return (
    <li id={`duty-${duty.dutyId}`} className={`n-card ${state}${chosen ? ' n-card-on' : ''}`}>
      <div className="n-card-row">
        <input type="checkbox" aria-label={t('选中第 {n} 条', 'Select duty {n}', { n: number })} checked={ticked} onChange={(event) => onTick(event.target.checked)} />
        <button type="button" className="n-card-head" aria-expanded={chosen} onClick={onChoose}>
          <span className="n-card-line">
            <span className="n-card-number num">{number}</span>
            <InkTag ink={ink} bare={duty.modality !== 'must-not'} />
            <span className="b-muted">{clauseName(duty.clause)}</span>
            {open > 0 && <Tag tone="warn">{t('{n} 个疑问', '{n} {n:doubt|doubts}', { n: open })}</Tag>}
            {duty.learnt.length > 0 && <Tag tone="accent">{t('按订正', 'As corrected')}</Tag>}
            {duty.origin !== 'read' && <Tag>{duty.origin === 'added' ? t('补充', 'Added') : duty.origin === 'split' ? t('拆出', 'Split off') : t('合并', 'Merged')}</Tag>}
            <span className="n-card-state">
              {duty.status === 'confirmed' && (
                <span className="n-done">
                  <Icon name="check" size={14} /> {t('已确认', 'Confirmed')}
                </span>
              )}
              {duty.status === 'dropped' && t('已舍去', 'Dropped')}
            </span>
          </span>
          <span className={chosen ? 'n-card-text n-card-text-open' : 'n-card-text'}>{read(duty.text)}</span>
          <span className="n-card-blanks">
            <Blank name={blankName('owner')} blank={duty.blanks.includes('owner')} value={duty.unitIds.length > 0 ? read(unitsInWords(duty.unitIds, known, names)) : null} />
            {(duty.modality !== 'must-not' || dueWords(duty)) && <Blank name={blankName('due')} blank={duty.blanks.includes('due')} value={dueWords(duty)} tone={duty.pastDue ? 'bad' : undefined} />}
            {(duty.modality !== 'must-not' || duty.evidence) && <Blank name={blankName('evidence')} blank={duty.blanks.includes('evidence')} value={duty.evidence ?? (duty.measure ? say(duty.measure.name) : null)} />}
            <Blank name={blankName('report-to')} blank={duty.blanks.includes('report-to')} value={duty.reportTo && reportName(duty.reportTo)} />
            {duty.people && <span className="n-blank"><span className="n-blank-name">{t('到人', 'Persons')}</span> {peopleName(duty.people)}</span>}
          </span>
        </button>
        {duty.status === 'proposed' && !chosen && <Button size="small" icon="check" hint={t('确认', 'Confirm')} onClick={() => props.handle.confirm([duty])} />}
      </div>
      {chosen && <OpenDuty {...props} />}
    </li>
  )
})

function Row({ label, bad, id, children }: { label: ReactNode; bad?: boolean; id?: string; children: ReactNode }) {
  return (
    <div id={id} className={bad ? 'n-row n-row-bad' : 'n-row'} role="group" aria-label={typeof label === 'string' ? label : undefined}>
      <span className="n-row-label">{label}</span>
      <div className="n-row-body">{children}</div>
    </div>
  )
}

function OpenDuty({ duty, handle, known, names, addressed, doubts, measures, zone, next, alike, mode, onMode, onConfirm }: DutyCardProps) {
  const patch = (change: Patch) => handle.save(duty, change)
  if (duty.status === 'dropped')
    return (
      <div className="n-open">
        <Button icon="up" onClick={() => handle.restore(duty)}>
          {t('恢复这条任务', 'Take it back')}
        </Button>
      </div>
    )
  return (
    <div className="n-open">
      <div className="n-open-acts">
        {duty.status === 'proposed' ? (
          <Button look="primary" icon="check" onClick={onConfirm}>
            {t('确认', 'Confirm')} <KeyHint keys="Enter" />
          </Button>
        ) : (
          <Button icon="back" onClick={() => handle.unconfirm(duty)}>
            {t('取消确认', 'Take back')}
          </Button>
        )}
        <Button look="quiet" onClick={() => onMode(mode === 'edit' ? 'plain' : 'edit')}>
          {t('改文字', 'Edit words')} <KeyHint keys="e" />
        </Button>
        {duty.start !== null && (
          <Button look="quiet" onClick={() => onMode(mode === 'split' ? 'plain' : 'split')}>
            {t('拆分', 'Split')} <KeyHint keys="s" />
          </Button>
        )}
        {next && next.modality === duty.modality && (
          <Button look="quiet" onClick={() => handle.merge(duty, next)}>
            {t('并入下一条', 'Merge next')} <KeyHint keys="m" />
          </Button>
        )}
        <Button look="quiet" onClick={() => handle.drop(duty)}>
          {t('舍去', 'Drop')} <KeyHint keys="x" />
        </Button>
        {duty.shaped && (
          <Button look="quiet" onClick={() => handle.putBack(duty)}>
            {duty.shaped === 'merged' ? t('还原合并', 'Undo the merge') : t('还原拆分', 'Undo the split')}
          </Button>
        )}
        <span className="b-grow" />
        <button type="button" className="b-link n-small" aria-expanded={mode === 'why'} onClick={() => onMode(mode === 'why' ? 'plain' : 'why')}>
          {t('为什么？', 'Why so?')} <KeyHint keys="w" />
        </button>
      </div>
      {mode === 'why' && <Why duty={duty} handle={handle} onPatch={patch} onGo={(row) => document.getElementById(`${row}-${duty.dutyId}`)?.querySelector<HTMLElement>('input, button')?.focus()} />}
      {doubts.map((doubt) => (
        <div key={doubt.doubtId} className="n-question">
          <Icon name="help" size={16} />
          <span>{say(doubt)}</span>
          <Button size="small" onClick={() => handle.settle(doubt.doubtId, true)}>
            {t('已核实', 'Checked')}
          </Button>
        </div>
      ))}
      <Learnt duty={duty} handle={handle} />
      {mode === 'edit' && <EditWords duty={duty} onPatch={patch} onClose={() => onMode('plain')} />}
      {mode === 'split' && <SplitWords duty={duty} onSplit={(at) => { handle.split(duty, at); onMode('plain') }} onClose={() => onMode('plain')} />}
      <Row id={`owner-${duty.dutyId}`} label={blankName('owner')} bad={duty.blanks.includes('owner')}>
        <OwnerField unitIds={duty.unitIds} people={duty.people} known={known} names={names} resolved={duty.resolved} unmatched={duty.unmatched} addressed={addressed} onUnits={(unitIds) => patch({ unitIds })} onPeople={(people) => patch({ people })} />
        {alike > 0 && duty.unitIds.length > 0 && duty.resolved.zh === '由人指定' && (
          <p className="n-small">
            <button type="button" className="b-link" onClick={() => handle.mapWord(duty.actor, { unitIds: [...duty.unitIds] }, {})}>
              {t('“{word}”在本校都指这些单位：另外 {n} 条一起改，并记住', '“{word}” always means these units here: change the other {n} too, and remember', { word: read(duty.actor), n: alike })}
            </button>
          </p>
        )}
      </Row>
      {duty.modality !== 'must-not' && (
        <Row id={`due-${duty.dutyId}`} label={blankName('due')} bad={duty.blanks.includes('due')}>
          <DueField duty={duty} zone={zone} onPatch={patch} />
        </Row>
      )}
      {duty.modality !== 'must-not' && (
        <Row id={`evidence-${duty.dutyId}`} label={blankName('evidence')} bad={duty.blanks.includes('evidence')}>
          <SavedText value={duty.evidence ?? ''} onSave={(evidence) => patch({ evidence: evidence || null })} label={blankName('evidence')} chips={[t('名单或台账', 'List or record'), t('书面情况', 'Written account'), t('照片或截图', 'Photographs')]} placeholder={t('凭什么算办结', 'What shows that it is done')} />
        </Row>
      )}
      <Row id={`report-to-${duty.dutyId}`} label={blankName('report-to')} bad={duty.blanks.includes('report-to')}>
        <SavedText value={duty.reportTo ? reportName(duty.reportTo) : ''} onSave={(reportTo) => patch({ reportTo: reportTo || null })} label={blankName('report-to')} chips={[t('指挥部办公室', 'Emergency office')]} placeholder={t('报给谁、怎么报', 'To whom, how')} />
      </Row>
      <Row id={`measure-${duty.dutyId}`} label={t('措施', 'Measure')}>
        <div className="n-inline">
          <Pick
            label={t('挂接措施', 'Join to a measure')} clearable width={300} placeholder={t('不挂接：由单位上报', 'None: units report')} options={measures}
            value={duty.measure ? (duty.measure.measureId ? `m:${duty.measure.measureId}` : `p:${duty.measure.preset}`) : null}
            onChange={(value) => handle.join(duty, value === null ? {} : value.startsWith('m:') ? { measureId: value.slice(2) } : { preset: value.slice(2) })}
          />
        </div>
        {duty.suggestions.map((one) => (
          <p key={one.zh} className={one.preset ? 'n-suggestion' : 'n-suggestion n-unmanaged'}>
            <Icon name={one.preset ? 'gaps' : 'info'} size={14} />
            <span>{say(one)}</span>
            {one.preset && !duty.measure && (
              <button type="button" className="b-link" onClick={() => one.preset && handle.join(duty, { preset: one.preset })}>
                {t('采用', 'Use it')}
              </button>
            )}
          </p>
        ))}
      </Row>
      {duty.condition && <Row label={t('条件', 'Condition')}><span>{read(duty.condition)}</span></Row>}
    </div>
  )
}

function EditWords({ duty, onPatch, onClose }: { duty: Duty; onPatch: (patch: Patch) => void; onClose: () => void }) {
  const [text, setText] = useState(duty.text)
  const [condition, setCondition] = useState(duty.condition ?? '')
  const [modality, setModality] = useState(duty.modality)
  const [review, setReview] = useState(duty.review)
  return (
    <div className="n-edit">
      <TextArea label={t('任务文字', 'Words of the duty')} value={text} onChange={setText} rows={3} maxLength={2000} />
      <div className="n-inline">
        <Choices joined label={t('语气', 'Modality')} value={modality} onChange={setModality} options={(['must', 'must-not', 'should'] as const).map((value) => ({ value, label: modalityName(value) }))} />
        <span className="n-inline">
          <Toggle label={t('上报后须审核', 'Reports wait for review')} value={review} onChange={setReview} /> {t('上报后须审核', 'Reports wait for review')}
        </span>
      </div>
      <TextInput label={t('条件', 'Condition')} placeholder={t('条件（如有）', 'Condition, if any')} value={condition} onChange={setCondition} maxLength={400} />
      <div className="b-actions">
        <Button
          look="primary" size="small" disabled={text.trim().length < 2}
          onClick={() => {
            onPatch({ ...(text !== duty.text ? { text: text.trim() } : {}), ...(modality !== duty.modality ? { modality } : {}), ...(review !== duty.review ? { review } : {}), ...((condition.trim() || null) !== duty.condition ? { condition: condition.trim() || null } : {}) })
            onClose()
          }}
        >
          {t('保存', 'Save')}
        </Button>
        <Button size="small" onClick={onClose}>{t('取消', 'Cancel')}</Button>
        <span className="b-muted n-small">{t('原文位置不变，仍可追溯。', 'Its place in the document stays.')}</span>
      </div>
    </div>
  )
}

function SplitWords({ duty, onSplit, onClose }: { duty: Duty; onSplit: (at: number) => void; onClose: () => void }) {
  const places = splitPlaces(duty.text)
  if (places.length === 0 || duty.start === null || duty.end === null || duty.end - duty.start !== duty.text.length)
    return <p className="b-muted">{t('这条任务没有可拆分之处（或文字已改写）。', 'There is no place to split (or its words were rewritten).')}</p>
  const start = duty.start
  return (
    <div className="n-edit">
      <p className="n-small b-muted">{t('点按要断开的地方：', 'Press where to cut:')}</p>
      <p className="n-split">
        {places.map((place, index) => (
          <span key={place.at}>
            {read(duty.text.slice(places[index - 1]?.at ?? 0, place.at))}
            <button type="button" className="n-cut" aria-label={t('在“{words}”之后断开', 'Cut after “{words}”', { words: place.before.slice(-8) })} onClick={() => onSplit(start + place.at)}>
              ✂
            </button>
          </span>
        ))}
        {read(duty.text.slice(places.at(-1)?.at ?? 0))}
      </p>
      <Button size="small" onClick={onClose}>{t('取消', 'Cancel')}</Button>
    </div>
  )
}
