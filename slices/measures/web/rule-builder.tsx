/** Building a condition: rules in groups, fields by name, operators by type; what cannot be compared is said at once. */
import { Button, Choices, DateInput, Field, MomentInput, NumberInput, Pick, PickMany, TextInput, Toggle } from '#ui/controls.tsx'
import { UnitPicker, type UnitOption } from '#ui/people.tsx'
import { presentMoment } from '#ui/format.ts'
import { useNameMatch } from '#ui/pinyin.ts'
import { Stack } from '#ui/page.tsx'
import { say, t } from '#ui/words.ts'
import type { TimesWithin } from '../counts.ts'
import { isGroup, operatorsFor, refuseCondition, type AreaList, type Rule, type RuleGroup } from '../rules.ts'
import { AreaListInput } from './area-list.tsx'
import { operatorName, type NamedField } from './rule-words.ts'
import { TimesInput, timesToBegin } from './times-input.tsx'
import { AreaInput, AreasInput } from './value-input.tsx'

export interface RuleBuilderProps {
  value: RuleGroup
  onChange: (value: RuleGroup) => void
  fields: ReadonlyMap<string, NamedField>
  units: readonly UnitOption[]
  /** What an empty group means here. */
  empty: string
}

const deepest = 3

export function RuleBuilder({ depth = 0, onRemove, ...props }: RuleBuilderProps & { depth?: number; onRemove?: () => void }) {
  const { value, onChange, fields, units } = props
  const setRule = (at: number, rule: Rule | RuleGroup) => onChange({ ...value, rules: value.rules.map((one, index) => (index === at ? rule : one)) })
  const remove = (at: number) => onChange({ ...value, rules: value.rules.filter((_, index) => index !== at) })
  const first = [...fields.values()][0]
  return (
    <div className="m-group" role="group" aria-label={t('条件组', 'Group of conditions')}>
      <div className="m-group-head">
        <Choices joined label={t('之间的关系', 'Joined by')} value={value.combinator} onChange={(combinator) => onChange({ ...value, combinator })} options={[{ value: 'and', label: t('每一条都符合', 'All of these') }, { value: 'or', label: t('符合其中一条', 'Any of these') }]} />
        <Stack row gap={6} align="center">
          <Toggle label={t('反过来', 'The other way round')} value={value.not ?? false} onChange={(not) => onChange({ combinator: value.combinator, rules: value.rules, ...(not ? { not } : {}) })} />
          <span className="b-muted">{t('反过来：不符合的才算', 'The other way round: whoever does not fit')}</span>
        </Stack>
        <span className="b-grow" />
        {onRemove && <Button size="small" look="quiet" icon="close" hint={t('移除这一组', 'Remove this group')} onClick={onRemove} />}
      </div>
      {value.rules.length === 0 && <p className="b-muted">{props.empty}</p>}
      {value.rules.map((rule, at) =>
        isGroup(rule) ? (
          <RuleBuilder key={at} {...props} depth={depth + 1} value={rule} onChange={(next) => setRule(at, next)} onRemove={() => remove(at)} />
        ) : (
          <RuleLine key={at} rule={rule} fields={fields} units={units} onChange={(next) => setRule(at, next)} onRemove={() => remove(at)} />
        ),
      )}
      <div className="b-actions">
        <Button size="small" icon="plus" disabled={!first || value.rules.length >= 50} onClick={() => first && onChange({ ...value, rules: [...value.rules, fresh(first)] })}>{t('加一条', 'Add a line')}</Button>
        {depth < deepest && <Button size="small" look="quiet" icon="plus" onClick={() => onChange({ ...value, rules: [...value.rules, { combinator: value.combinator === 'and' ? 'or' : 'and', rules: [] }] })}>{value.combinator === 'and' ? t('加一组“或者”', 'Add alternatives') : t('加一组“并且”', 'Add a group of all')}</Button>}
      </div>
    </div>
  )
}

/** A rule over a field, with a value to begin with where there is an obvious one. */
function fresh(field: NamedField, operator: string = operatorsFor(field.key, field.type)[0] ?? '='): Rule {
  if (operator === 'notNull') return { field: field.key, operator }
  const value =
    operator === 'withinDays' ? 14
    : operator === 'withinHours' ? 24
    : operator === 'timesWithin' ? timesToBegin
    : operator === 'countAtLeast' || operator === 'countAtMost' ? 1
    : operator === 'inAreaList' || operator === 'notInAreaList' ? { asOf: 'today', editions: [{ from: presentMoment().toISOString().slice(0, 10), areas: [] }] }
    : ['in', 'notIn', 'inAreas', 'notInAreas', 'hasCase', 'hasNoCase'].includes(operator) ? []
    : field.type === 'yes-no' ? true
    : field.type === 'number' ? 0
    : field.options?.[0] ?? ''
  return { field: field.key, operator, value }
}

function RuleLine({ rule, fields, units, onChange, onRemove }: { rule: Rule; fields: ReadonlyMap<string, NamedField>; units: readonly UnitOption[]; onChange: (rule: Rule) => void; onRemove: () => void }) {
  const match = useNameMatch()
  const field = fields.get(rule.field)
  const wrong = refuseCondition({ combinator: 'and', rules: [rule] }, fields)
  const isEmpty = (value: unknown) => value === '' || value === null || (Array.isArray(value) && value.length === 0)
  const incomplete = wrong.length > 0 && (isEmpty(rule.value) || (rule.operator === 'timesWithin' && isEmpty((rule.value as TimesWithin).where?.value)))
  return (
    <div className={`m-rule${wrong.length && !incomplete ? ' m-rule-bad' : ''}`}>
      <Pick
        label={t('信息项', 'Field')}
        value={field ? rule.field : null}
        match={match}
        placeholder={rule.field}
        options={[...fields.values()].map((one) => ({ value: one.key, label: say(one.label) }))}
        onChange={(key) => {
          const next = key ? fields.get(key) : undefined
          if (next) onChange(fresh(next))
        }}
      />
      <Pick label={t('比较', 'Compared')} value={rule.operator} options={field ? operatorsFor(field.key, field.type).map((one) => ({ value: one, label: operatorName(one, field.type) })) : []} onChange={(operator) => field && operator && onChange(sameKind(rule, operator) ? { ...rule, operator } : fresh(field, operator))} />
      <div>
        {field && <RuleValue rule={rule} field={field} units={units} onChange={(value) => onChange({ ...rule, value })} />}
        {wrong.length > 0 && <div className={incomplete ? 'b-muted' : 'g-late'}>{incomplete ? t('请填比较的值', 'Say what to compare with') : wrong.map(say).join(' ')}</div>}
      </div>
      <Button size="small" look="quiet" icon="close" hint={t('移除这一条', 'Remove this rule')} onClick={onRemove} />
    </div>
  )
}

const shapeOf = (operator: string) => (operator === 'notNull' ? 'none' : operator === 'withinDays' ? 'days' : operator === 'withinHours' ? 'hours' : operator === 'timesWithin' ? 'times' : operator.startsWith('count') ? 'count' : operator.endsWith('AreaList') ? 'list' : operator === 'hasCase' || operator === 'hasNoCase' ? 'cases' : ['in', 'notIn'].includes(operator) ? 'many' : ['inAreas', 'notInAreas'].includes(operator) ? 'areas' : 'one')
const sameKind = (rule: Rule, operator: string) => shapeOf(rule.operator) === shapeOf(operator)

function RuleValue({ rule, field, units, onChange }: { rule: Rule; field: NamedField; units: readonly UnitOption[]; onChange: (value: unknown) => void }) {
  const label = t('值', 'Value')
  const { value } = rule
  const many = Array.isArray(value) ? (value as string[]) : []
  switch (shapeOf(rule.operator)) {
    case 'none': return null
    case 'days': return <NumberInput label={label} value={typeof value === 'number' ? value : null} min={1} max={3650} unit={t('天', 'days')} onChange={onChange} />
    case 'hours': return <NumberInput label={label} value={typeof value === 'number' ? value : null} min={1} max={87_600} unit={t('小时', 'hours')} onChange={onChange} />
    case 'count': return <NumberInput label={label} value={typeof value === 'number' ? value : null} min={0} max={60} unit={t('项', 'chosen')} onChange={onChange} />
    case 'times': {
      const wanted = value as TimesWithin
      return (
        <TimesInput value={wanted} field={field} begin={(operator) => fresh(field, operator).value} onChange={onChange}>
          {wanted.where && <RuleValue rule={{ field: rule.field, ...wanted.where }} field={field} units={units} onChange={(next) => onChange({ ...wanted, where: { ...wanted.where, value: next } })} />}
        </TimesInput>
      )
    }
    case 'cases': return <PickMany label={label} value={many} options={field.named} placeholder={t('任何一类', 'of any kind')} onChange={(next) => onChange([...next])} />
    case 'list': return <AreaListInput value={value as AreaList} onChange={onChange} />
    case 'areas': return <AreasInput label={label} value={many} onChange={onChange} />
    case 'many': return field.named.length ? <PickMany label={label} value={many} options={field.named} onChange={(next) => onChange([...next])} /> : <TextInput label={label} value={many.join('、')} placeholder={t('用顿号隔开', 'separated by commas')} onChange={(text) => onChange(text === '' ? [] : text.split(/[、,，]/).map((part) => part.trim()))} />
  }
  if (field.type === 'unit') return <UnitPicker label={label} units={units} value={typeof value === 'string' && value ? value : null} onChange={(id) => onChange(id ?? '')} />
  if (field.type === 'yes-no') return <Choices joined label={label} value={value === false ? 'no' : 'yes'} options={[{ value: 'yes', label: t('是', 'Yes') }, { value: 'no', label: t('否', 'No') }]} onChange={(next) => onChange(next === 'yes')} />
  if (field.type === 'number') return <NumberInput label={label} value={typeof value === 'number' ? value : null} onChange={(next) => onChange(next ?? '')} />
  if (field.type === 'day') return <DateInput label={label} value={typeof value === 'string' && value ? value : null} onChange={(next) => onChange(next ?? '')} />
  if (field.type === 'instant') return <MomentInput label={label} value={typeof value === 'string' && value ? value : null} onChange={(next) => onChange(next ?? '')} />
  if (field.type === 'area') return <AreaInput label={label} value={typeof value === 'string' && value ? value : null} onChange={(next) => onChange(next ?? '')} />
  if (field.named.length) return <Pick label={label} value={typeof value === 'string' ? value : null} options={field.named} onChange={(next) => onChange(next ?? '')} />
  return <TextInput label={label} value={typeof value === 'string' ? value : ''} onChange={onChange} />
}

/** A builder under its label. */
export function RuleField({ label, hint, ...props }: RuleBuilderProps & { label: string; hint: string }) {
  return (
    <Field several label={label}>
      <RuleBuilder {...props} />
      {hint && <p className="m-reads" role="status"><span>{t('读作', 'Reads')}</span>{hint}</p>}
    </Field>
  )
}
