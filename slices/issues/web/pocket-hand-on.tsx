/** A request that is another office's: handed on, with the reason, to the desk for its kind or to a unit found by name. */
import { useState } from 'react'
import { useLocation } from 'wouter'
import type { Static } from 'typebox'
import { units } from '#slices/directory/contract.ts'
import { useRead, useWrite } from '#ui/data.ts'
import { ChoiceList, TextField } from '#ui/pocket/fields.tsx'
import { BigButton, Skeleton } from '#ui/pocket/parts.tsx'
import { Sheet } from '#ui/pocket/Sheet.tsx'
import { ErrorState, WriteProblem } from '#ui/states.tsx'
import { useToast } from '#ui/toast.tsx'
import { read as asRead, say, t } from '#ui/words.ts'
import { desks, handOn, type HelpRequest } from '../contract.ts'
import { themeWords } from '../rules.ts'

const most = 12

export function HandOn({ request }: { request: Static<typeof HelpRequest> }) {
  const [open, setOpen] = useState(false)
  const [typed, setTyped] = useState('')
  const [unitId, setUnit] = useState<string | null>(null)
  const [reason, setReason] = useState('')
  const tree = useRead(units, { tree: 'admin', depth: 5 }, { topics: ['directory'], enabled: open })
  const table = useRead(desks, {}, { enabled: open })
  const toast = useToast()
  const [, go] = useLocation()
  const writing = useWrite(handOn, {
    onDone: ({ owner }) => {
      toast(owner ? t('已转交，现由 {name} 负责', 'Handed on; {name} answers now', { name: owner.person.name }) : t('已转交，对方暂无人负责', 'Handed on; nobody answers there yet'), { tone: owner ? 'good' : 'plain' })
      go('/tasks')
    },
  })
  const kinds = Map.groupBy(table.data?.desks ?? [], (desk) => desk.unit.unitId)
  // Whoever takes requests of this kind stands first, then those of other kinds.
  const rank = (id: string) => (kinds.get(id)?.some((desk) => desk.theme === request.theme) ? 0 : kinds.has(id) ? 1 : 2)
  const others = (tree.data?.units ?? []).filter((unit) => unit.unitId !== request.unit?.unitId)
  const found = others.filter((unit) => unit.name.includes(typed.trim()) || asRead(unit.name).includes(typed.trim())).toSorted((a, b) => rank(a.unitId) - rank(b.unitId))
  const shown = found.filter((unit, index) => index < most || unit.unitId === unitId)
  const chosen = others.find((unit) => unit.unitId === unitId)
  const why = reason.trim()
  const unread = [tree, table].find((read) => read.data === undefined)
  return (
    <>
      <BigButton look="plain" onPress={() => setOpen(true)}>
        {t('转交给别的部门', 'Hand on to another office')}
      </BigButton>
      <Sheet
        open={open} title={t('转交求助', 'Hand the request on')} onClose={() => setOpen(false)} tall
        foot={
          !unread && (
            <>
              <WriteProblem problem={writing.problem} />
              <BigButton busy={writing.busy} disabled={!chosen || why === ''} onPress={() => chosen && void writing.run({ requestId: request.requestId, unitId: chosen.unitId, reason: why })}>
                {why === '' ? t('先写为什么', 'Say why first') : chosen ? t('转交给{name}', 'Hand on to {name}', { name: asRead(chosen.name) }) : t('再选部门', 'Then choose an office')}
              </BigButton>
            </>
          )
        }
      >
        {unread ? (
          unread.problem ? <ErrorState problem={unread.problem} retry={unread.retry} /> : <Skeleton cards={2} />
        ) : (
          <>
            <TextField label={t('为什么转交', 'Why')} value={reason} onChange={setReason} required hint={t('求助人和接手的人都会看到。', 'The asker and whoever takes over see it.')} />
            <TextField label={t('转交给', 'Hand on to')} value={typed} onChange={setTyped} placeholder={t('输入部门名称查找', 'Type a name to find it')} />
            <ChoiceList
              label={<span className="sr-only">{t('转交给', 'Hand on to')}</span>} value={unitId} onChange={setUnit}
              hint={found.length === 0 ? t('没有找到这个名称的部门。', 'No office of that name.') : found.length > shown.length && t('还有 {n} 个，输入名称查找。', '{n} more: type a name.', { n: found.length - shown.length })}
              options={shown.map(({ unitId: value, name }) => ({ value, label: asRead(name), note: kinds.has(value) ? t('受理：{what}', 'Takes: {what}', { what: (kinds.get(value) ?? []).map((desk) => say(themeWords[desk.theme])).join(t('、', ', ')) }) : '' }))}
            />
          </>
        )}
      </Sheet>
    </>
  )
}
