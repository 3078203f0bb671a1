/** One question, answered by thumb: one tap where one tap can say it. */
import { useId, useState, type ReactNode } from 'react'
import { refuseValue } from '../rules.ts'
import { useAreas } from '#ui/areas.ts'
import { day, leaveJoiners, presentMoment, relative } from '#ui/format.ts'
import { Icon } from '#ui/icons.tsx'
import { AreaField } from '#ui/pocket/AreaField.tsx'
import { DateField, FieldBox, isoDay, ManyList, TextField } from '#ui/pocket/fields.tsx'
import { NumberPad } from '#ui/pocket/NumberPad.tsx'
import { BigButton } from '#ui/pocket/parts.tsx'
import { say, t } from '#ui/words.ts'
import { valueWords, type AttributeShape } from './values.ts'

export interface AnswerProps {
  attribute: AttributeShape
  /** What was answered last: offered again as "no change". */
  last?: { value: unknown; observedAt: string } | null
  /** `holdsUntil`: a standing answer, where one was offered and given. */
  onAnswer: (value: unknown, holdsUntil?: string) => void
  /** Offers to say until when the answer holds, so that nobody asks before. */
  standing?: boolean
  /** Places given on this phone lately: one press each. */
  places?: readonly string[]
  /** Above the controls; the question itself where absent. */
  title?: ReactNode
  disabled?: boolean
}

/** The question with its controls. `onAnswer` gets a value that fits the attribute. */
export function PocketAnswer({ attribute, last, onAnswer: answered, places = [], title, standing = false, disabled = false }: AnswerProps) {
  const id = useId()
  const { areas } = useAreas(attribute.type === 'area' && Boolean(last))
  const [changed, setChanged] = useState(false)
  const [staying, setStaying] = useState(false)
  const [until, setUntil] = useState<string | null>(null)
  const onAnswer = (value: unknown) => answered(value, until === null ? undefined : new Date(`${until}T23:59:59`).toISOString())
  const offersSame = Boolean(last) && !['yes-no', 'choice'].includes(attribute.type)
  return (
    <div className="p-answer" role="group" aria-labelledby={id}>
      <h3 id={id} className="p-question" tabIndex={-1}>
        {title ?? say(attribute.label)}
      </h3>
      {staying && <Until value={until} onChange={setUntil} disabled={disabled} />}
      {offersSame && last && !changed ? (
        <>
          <p className="p-last">
            <span>{t('上次（{when}）：', 'Last time ({when}): ', { when: relative(last.observedAt) })}</span>
            <b>{valueWords(attribute, last.value, areas)}</b>
          </p>
          <BigButton icon="check" disabled={disabled} onPress={() => onAnswer(last.value)}>
            {attribute.type === 'area' ? t('还在这里，没有变化', 'Still here, no change') : t('没有变化', 'No change')}
          </BigButton>
          <BigButton look="plain" disabled={disabled} onPress={() => setChanged(true)}>
            {t('有变化', 'It has changed')}
          </BigButton>
        </>
      ) : (
        <Controls attribute={attribute} last={last ?? null} places={places} onAnswer={onAnswer} disabled={disabled} />
      )}
      {standing && !staying && attribute.type === 'area' && attribute.freshSeconds !== null && (
        <BigButton look="plain" disabled={disabled} onPress={() => setStaying(true)}>
          {t('会一直在这里？', 'Staying for a while?')}
        </BigButton>
      )}
    </div>
  )
}

/** "I stay here until 20 February": nobody asks again before that day is over. */
function Until({ value, onChange, disabled }: { value: string | null; onChange: (day: string | null) => void; disabled: boolean }) {
  const [from, to] = [presentMoment(), new Date(presentMoment().getTime() + 180 * 86_400_000)].map((moment) => new Date(moment.getTime() - moment.getTimezoneOffset() * 60_000).toISOString().slice(0, 10))
  return <DateField label={t('一直到哪天', 'Until which day')} value={value} onChange={onChange} {...(from ? { min: from } : {})} {...(to ? { max: to } : {})} quick={[7, 14, 30]} disabled={disabled} hint={value ? t('到 {when} 之前不再问您；有变化请随时更正', 'Not asked again before {when}; correct it any time', { when: day(value) }) : t('到那天为止不再问', 'Not asked again until then')} />
}

function Controls({ attribute, last, places, onAnswer, disabled }: { attribute: AttributeShape; last: { value: unknown } | null; places: readonly string[]; onAnswer: (value: unknown) => void; disabled: boolean }) {
  if (attribute.type === 'area') return <Place attribute={attribute} places={places.filter((one) => one !== last?.value)} onAnswer={onAnswer} disabled={disabled} />
  if (attribute.type === 'yes-no')
    return (
      <div className="p-yesno">
        {[false, true].map((value) => (
          <button key={String(value)} type="button" className="p-half" disabled={disabled} onClick={() => onAnswer(value)}>
            {value ? t('是', 'Yes') : t('否', 'No')}
            {last?.value === value && <small className="p-before">{t('同上次', 'as before')}</small>}
          </button>
        ))}
      </div>
    )
  if (attribute.type === 'choice')
    return (
      <div className="p-options">
        {attribute.options.map((option) => (
          <button key={option.value} type="button" className="p-option" disabled={disabled} onClick={() => onAnswer(option.value)}>
            <span>{say(option)}</span>
            {last?.value === option.value && <small className="p-before">{t('同上次', 'as before')}</small>}
            <Icon name="next" size={18} />
          </button>
        ))}
      </div>
    )
  if (attribute.type === 'day') return <DayAnswer attribute={attribute} onAnswer={onAnswer} disabled={disabled} />
  if (attribute.type === 'choices') return <Several attribute={attribute} onAnswer={onAnswer} disabled={disabled} />
  return <Written attribute={attribute} onAnswer={onAnswer} disabled={disabled} />
}

/** Several of a few. "None" is one tap and never stands beside another. */
function Several({ attribute, onAnswer, disabled }: { attribute: AttributeShape; onAnswer: (value: unknown) => void; disabled: boolean }) {
  const [picked, setPicked] = useState<readonly string[] | null>(null)
  const none = attribute.options.find((option) => option.value === 'none')
  const others = attribute.options.filter((option) => option !== none).map((option) => ({ value: option.value, label: say(option) }))
  if (none && picked === null)
    return (
      <div className="p-yesno">
        <button type="button" className="p-half" disabled={disabled} onClick={() => onAnswer([none.value])}>
          {say(none)}
        </button>
        <button type="button" className="p-half" disabled={disabled} onClick={() => setPicked([])}>
          {t('有', 'Yes')}
        </button>
      </div>
    )
  return (
    <>
      <ManyList label={<span className="sr-only">{say(attribute.label)}</span>} value={picked ?? []} onChange={setPicked} options={others} disabled={disabled} />
      <BigButton disabled={disabled || !picked?.length} onPress={() => onAnswer(picked)}>
        {t('提交', 'Send')}
      </BigButton>
      {none && (
        <BigButton look="plain" disabled={disabled} onPress={() => setPicked(null)}>
          {t('返回', 'Back')}
        </BigButton>
      )}
    </>
  )
}

/** Lately given places are one press; another one is looked for, and picking it answers. */
function Place({ attribute, places, onAnswer, disabled }: { attribute: AttributeShape; places: readonly string[]; onAnswer: (value: unknown) => void; disabled: boolean }) {
  const { areas } = useAreas(places.length > 0)
  return (
    <div className="p-options">
      {areas &&
        places.map((code) => (
          <button key={code} type="button" className="p-option" disabled={disabled} onClick={() => onAnswer(code)}>
            <span>{valueWords(attribute, code, areas)}</span>
            <Icon name="next" size={18} />
          </button>
        ))}
      <AreaField label={say(attribute.label)} hidden ask={places.length > 0 ? t('别的地方', 'Somewhere else') : t('选择地区', 'Choose the place')} value={null} onChange={(code) => code !== null && onAnswer(code)} disabled={disabled} />
    </div>
  )
}

/** Today and the two days before are one press each; another day is picked, and then sent. */
function DayAnswer({ attribute, onAnswer, disabled }: { attribute: AttributeShape; onAnswer: (value: unknown) => void; disabled: boolean }) {
  const [picked, setPicked] = useState<string | null>(null)
  const near = [-2, -1, 0].map((days) => isoDay(new Date(presentMoment().getTime() + days * 86_400_000))).filter((one) => refuseValue(attribute, one) === null)
  const wrong = picked === null ? null : refuseValue(attribute, picked)
  return (
    <div className="p-answer">
      <div className="p-third-row">
        {near.map((one) => (
          <button key={one} type="button" className="p-pill" disabled={disabled} onClick={() => onAnswer(one)}>
            {leaveJoiners(day(one))}
          </button>
        ))}
      </div>
      <DateField label={t('别的日期', 'Another day')} value={picked} onChange={setPicked} quick={[]} disabled={disabled} {...(wrong ? { error: say(wrong) } : {})} />
      {picked !== null && !wrong && (
        <BigButton disabled={disabled} onPress={() => onAnswer(picked)}>
          {t('提交', 'Send')}
        </BigButton>
      )}
    </div>
  )
}

function Written({ attribute, onAnswer, disabled }: { attribute: AttributeShape; onAnswer: (value: unknown) => void; disabled: boolean }) {
  const [value, setValue] = useState<unknown>(null)
  const [tried, setTried] = useState(false)
  const empty = value === null || value === ''
  const wrong = empty ? null : refuseValue(attribute, value)
  const error = tried && (wrong ? say(wrong) : empty ? t('请先填写', 'Fill this in first') : undefined)
  const label = <span className="sr-only">{say(attribute.label)}</span>
  const common = { label, disabled, ...(error ? { error } : {}) }
  return (
    <form
      className="p-answer"
      onSubmit={(event) => {
        event.preventDefault()
        setTried(true)
        if (!empty && !wrong) onAnswer(value)
      }}
    >
      {attribute.type === 'number' && (
        <NumberPad label={say(attribute.label)} value={value as number | null} onChange={setValue} decimals={attribute.min !== null && !Number.isInteger(attribute.min) ? 1 : 0} unit={attribute.unit ?? undefined} min={attribute.min ?? undefined} max={attribute.max ?? undefined} disabled={disabled} {...(error ? { error } : {})} />
      )}
      {attribute.type === 'text' && <TextField {...common} lines={3} maxLength={1000} value={(value as string | null) ?? ''} onChange={setValue} />}
      {attribute.type === 'instant' && <MomentField {...common} value={value as string | null} onChange={setValue} />}
      <BigButton submit disabled={disabled}>
        {t('提交', 'Send')}
      </BigButton>
    </form>
  )
}

/** Day and time by the phone's own picker; the value is an instant. */
function MomentField({ value, onChange, ...box }: { label: ReactNode; value: string | null; onChange: (value: string | null) => void; disabled?: boolean; error?: ReactNode }) {
  const [typed, setTyped] = useState('')
  return (
    <FieldBox {...box} {...(value ? { hint: day(value) } : {})}>
      {(props) => (
        <input
          {...props}
          className="p-input"
          type="datetime-local"
          value={typed}
          onChange={(event) => {
            setTyped(event.target.value)
            const moment = new Date(event.target.value)
            onChange(Number.isNaN(moment.getTime()) ? null : moment.toISOString())
          }}
        />
      )}
    </FieldBox>
  )
}
