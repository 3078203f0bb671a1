/** The three trees, opened level by level. */
import { useSearchParams } from 'wouter'
import { Button, Choices, TextInput } from '#ui/controls.tsx'
import { Page, Panel, RowLink, Stack } from '#ui/page.tsx'
import { officeTitle } from '#ui/own-words.ts'
import { read as inScript, say, t } from '#ui/words.ts'
import { FoundUnits, UnitTree } from './unit-tree.tsx'
import { useSettled } from './person-pick.tsx'
import { capacityName, unitAddress, useMine, type Node } from './words.ts'
import './directory.css'

export function UnitsPage() {
  const { me, can } = useMine()
  const [search, setSearch] = useSearchParams()
  const trees = me?.trees ?? []
  const tree = (trees.find((one) => one.key === search.get('tree'))?.key ?? trees[0]?.key ?? 'admin') as Node['tree']
  const typed = search.get('q') ?? ''
  const settled = useSettled(typed.trim())
  const set = (key: string, value: string) =>
    setSearch(
      (before) => {
        const next = new URLSearchParams(before)
        if (value) next.set(key, value)
        else next.delete(key)
        return next
      },
      { replace: true },
    )
  return (
    <Page
      wide
      title={t('组织', 'Units')}
      lead={t('同一批人在几棵树里：行政、党组织、住宿。红色标记处的人没有人负责。', 'The same people in several trees: administrative, Party, residential. A red sign marks people nobody answers for.')}
      actions={
        <>
          {can('coverage.read') && me?.homeUnitId && (
            <Button to={`/orphans/${me.homeUnitId}`} icon="warn">
              {t('无人负责', 'Nobody answers')}
            </Button>
          )}
          {can('roster.import') && (
            <Button to="/roster" icon="upload">
              {t('导入名册', 'Import a roster')}
            </Button>
          )}
        </>
      }
    >
      {me && me.offices.length > 0 && (
        <Panel flush title={t('我的职务', 'My offices')}>
          <Stack gap={0}>
            {me.offices.map((office) => (
              <RowLink key={office.officeId} to={unitAddress(office.unit.unitId)} title={inScript(office.unit.name)} text={`${officeTitle(office.title)}${office.capacity === 'deputy' ? ` · ${capacityName('deputy')}` : ''}`} />
            ))}
          </Stack>
        </Panel>
      )}
      <Panel flush>
        <div className="d-bar">
          {trees.length > 1 && <Choices joined label={t('组织树', 'Tree')} value={tree} onChange={(next) => set('tree', next)} options={trees.map((one) => ({ value: one.key, label: say(one.name) }))} />}
          <div className="d-bar-search">
            <TextInput type="search" prefix="search" label={t('按名称或拼音首字母查找组织', 'Find a unit by name or pinyin initials')} placeholder={t('组织名称或拼音首字母', 'Name or pinyin initials')} value={typed} onChange={(value) => set('q', value)} maxLength={40} />
          </div>
        </div>
        {settled === '' ? <UnitTree key={tree} tree={tree} /> : <FoundUnits key={tree} tree={tree} typed={settled} />}
      </Panel>
    </Page>
  )
}
