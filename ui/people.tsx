/** People and units where they appear in pages. */
import { spaced } from './format.ts'
import { TreeSelect } from 'antd'
import { useMemo, type ReactNode } from 'react'
import { Link } from 'wouter'
import { matchesName, useNameMatch } from './pinyin.ts'
import { read, t } from './words.ts'

export interface PersonNameProps {
  name: string
  /** Student or staff number; tells people of the same name apart. */
  number?: string | undefined
  /** Class, office, room. */
  note?: ReactNode
  to?: string
  phone?: string | null | undefined
}

/** A person's name, with what tells them apart, perhaps a link and a telephone. Names are never converted between scripts. */
export function PersonName({ name, number, note, to, phone }: PersonNameProps) {
  return (
    <span className="b-person" translate="no">
      {to ? (
        <Link className="b-link" href={to}>
          {name}
        </Link>
      ) : (
        <b>{name}</b>
      )}
      {number && <span className="b-muted num">{number}</span>}
      {note && <span className="b-muted">{note}</span>}
      {phone && (
        <a className="b-link num" href={`tel:${phone.replaceAll(/\s/g, '')}`} aria-label={t('拨打 {name} {phone}', 'Call {name} {phone}', { name, phone: spaced(phone) })}>
          {spaced(phone)}
        </a>
      )}
    </span>
  )
}

export interface UnitOption {
  id: string
  parentId: string | null
  name: string
  /** Quiet text after the name: the number of members. */
  note?: string
  disabled?: boolean
}

interface TreeOption {
  value: string
  title: string
  plain: string
  disabled: boolean
  children: TreeOption[]
}

/** Units of one tree as options; units whose parent is not given are roots. */
export function treeOf(units: readonly UnitOption[]): TreeOption[] {
  const made = new Map(units.map((unit) => [unit.id, { value: unit.id, title: unit.note ? `${read(unit.name)}  ${unit.note}` : read(unit.name), plain: unit.name, disabled: unit.disabled ?? false, children: [] as TreeOption[] }]))
  const roots: TreeOption[] = []
  for (const unit of units) {
    const option = made.get(unit.id)
    if (!option) continue
    const parent = unit.parentId === null ? undefined : made.get(unit.parentId)
    if (parent && parent !== option) parent.children.push(option)
    else roots.push(option)
  }
  return roots
}

export interface UnitPickerProps {
  units: readonly UnitOption[]
  value: string | null
  onChange: (id: string | null) => void
  label?: string
  placeholder?: string
  disabled?: boolean
  clearable?: boolean
  width?: number | string
}

/** A unit of a tree, found by typing characters or pinyin initials. */
export function UnitPicker({ units, value, onChange, label, placeholder, disabled, clearable, width = '100%' }: UnitPickerProps) {
  useNameMatch()
  const tree = useMemo(() => treeOf(units), [units])
  return (
    <TreeSelect
      treeData={tree}
      // Until its name is here a key is nothing to read.
      value={units.some((unit) => unit.id === value) ? value : undefined}
      placeholder={value !== null && units.length === 0 ? t('正在载入…', 'Loading…') : (placeholder ?? t('选择组织', 'Choose a unit'))}
      aria-label={label ?? t('组织', 'Unit')}
      disabled={disabled ?? false}
      allowClear={clearable ?? false}
      showSearch={{ filterTreeNode: (typed, node) => matchesName(String((node as unknown as TreeOption).plain), typed) }}
      treeDefaultExpandedKeys={tree.length <= 3 ? tree.map((option) => option.value) : []}
      listHeight={360}
      style={{ width }}
      onChange={(next) => onChange((next as string | undefined) ?? null)}
    />
  )
}

export interface UnitsPickerProps extends Omit<UnitPickerProps, 'value' | 'onChange' | 'clearable'> {
  value: readonly string[]
  onChange: (ids: string[]) => void
  /** A unit stands for itself, not for all below it: choosing a college does not choose its classes. */
  strict?: boolean
}

/** Several units of a tree. */
export function UnitsPicker({ units, value, onChange, label, placeholder, disabled, strict, width = '100%' }: UnitsPickerProps) {
  useNameMatch()
  const tree = useMemo(() => treeOf(units), [units])
  return (
    <TreeSelect
      treeData={tree}
      multiple
      treeCheckable
      treeCheckStrictly={strict ?? false}
      showCheckedStrategy={TreeSelect.SHOW_PARENT}
      maxTagCount="responsive"
      value={strict ? (value.map((id) => ({ value: id })) as unknown as string[]) : [...value]}
      placeholder={placeholder ?? t('选择组织', 'Choose units')}
      aria-label={label ?? t('组织', 'Units')}
      disabled={disabled ?? false}
      showSearch={{ filterTreeNode: (typed, node) => matchesName(String((node as unknown as TreeOption).plain), typed) }}
      listHeight={360}
      style={{ width }}
      onChange={(next) => onChange((next as (string | { value: string })[]).map((one) => (typeof one === 'string' ? one : one.value)))}
    />
  )
}
